from django.urls import path

from portal.urls import urlpatterns as house

from . import views

urlpatterns = [path("bench/select", views.select), path("bench/insert", views.insert), *house]
