from django.urls import path, re_path

from . import views

# These come before allauth's own addresses, so that what staff may not do themselves is closed.
urlpatterns = [
    path("email/", views.closed),
    path("password/set/", views.closed),
    path("login/code/confirm/", views.closed),
    re_path(r"^confirm-email/", views.closed),
    path("yo/", views.own_account, name="cuenta_yo"),
    path("yo/fichas/", views.create_token, name="cuenta_ficha_nueva"),
    path("yo/fichas/<slug:ficha>/revocar/", views.delete_token, name="cuenta_ficha_revocar"),
]
