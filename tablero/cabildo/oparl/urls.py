"""Addresses of the public JSON of bodies, meetings and papers (OParl 1.1)."""

from django.urls import path

from . import views

app_name = "oparl"

urlpatterns = [
    path("", views.system, name="system"),
    path("bodies/", views.bodies, name="bodies"),
    path("body/", views.body, name="body"),
    path("term/<int:pk>/", views.term, name="term"),
    path("organizations/", views.organizations, name="organizations"),
    path("organization/<int:pk>/", views.organization, name="organization"),
    path("persons/", views.persons, name="persons"),
    path("person/<int:pk>/", views.person, name="person"),
    path("membership/<int:pk>/", views.membership, name="membership"),
    path("meetings/", views.meetings, name="meetings"),
    path("meeting/<int:pk>/", views.meeting, name="meeting"),
    path("location/<int:pk>/", views.location, name="location"),
    path("file/<int:pk>/", views.file, name="file"),
    path("agendaitem/<int:pk>/", views.agenda_item, name="agenda_item"),
    path("papers/", views.papers, name="papers"),
    path("paper/<int:pk>/", views.paper, name="paper"),
    path("consultation/<int:pk>/", views.consultation, name="consultation"),
]
