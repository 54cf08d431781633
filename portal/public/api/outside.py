"""Addresses under the API that belong to none of its versions."""

from django.urls import re_path

from .views_documentacion import UnknownView

urlpatterns = [re_path("", UnknownView.as_view(), name="desconocida")]
