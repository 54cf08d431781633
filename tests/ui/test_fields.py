import pytest
from django import forms
from django.template import Context, Template

from portal.ui.forms import error_list
from portal.ui.showcase import SampleForm


def render(
    form, source="{% errsum form %}{% for f in form.visible_fields %}{% field f %}{% endfor %}"
):
    return Template("{% load ui %}" + source).render(Context({"form": form}))


def test_a_wrong_field_is_told_in_the_summary_and_beside_it():
    html = render(SampleForm({"celular": "951", "relato": "corto"}))
    assert '<a href="#id_celular">' in html
    assert 'id="id_celular_error"' in html
    assert 'aria-describedby="id_celular_ayuda id_celular_error"' in html
    assert html.count("“Celular” necesita al menos 10 letras; lleva 3.") == 2
    assert 'aria-invalid="true"' in html


def test_the_summary_leads_to_the_first_option_of_a_group():
    html = render(SampleForm({}))
    assert '<a href="#id_via_0">Elija una opción en “Avisarme por”.</a>' in html
    assert 'id="id_via_0"' in html


def test_a_group_of_options_is_described_by_its_error():
    html = render(SampleForm({}), "{% field form.via %}")
    assert '<fieldset class="stack stack--2" aria-describedby="id_via_error">' in html
    assert 'id="id_via_error"' in html


def test_every_link_of_the_summary_lands_on_something():
    form = SampleForm({})
    html = render(form)
    for error in error_list(form):
        assert f'id="{error["anchor"]}"' in html


def test_a_clean_form_has_no_summary():
    assert "errsum" not in render(SampleForm())


def test_stock_errors_say_how_to_fix_them():
    messages = [error["message"] for error in error_list(SampleForm({"relato": "a" * 4005}))]
    assert "Complete “Celular”." in messages
    assert "Marque “Leí el aviso de privacidad” para continuar." in messages
    assert "“Qué pasa” admite hasta 4,000 letras; sobran 5." in messages


def test_a_message_of_the_form_s_own_is_left_alone():
    class Own(forms.Form):
        a = forms.CharField(error_messages={"required": "Escriba su nombre completo"})

    assert error_list(Own({})) == [{"anchor": "id_a", "message": "Escriba su nombre completo"}]


def test_errors_of_the_whole_form_come_first():
    class Whole(SampleForm):
        def clean(self):
            raise forms.ValidationError("No se pudo")

    assert error_list(Whole({}))[0] == {"anchor": "", "message": "No se pudo"}


def test_long_text_is_counted_and_never_cut_by_the_control():
    html = render(SampleForm(), "{% field form.relato %}")
    assert "maxlength" not in html
    assert 'data-counter="id_relato" data-max="4000"' in html
    assert "Hasta 4,000 letras" in html


def test_what_may_be_left_out_says_so():
    assert "(opcional)" in render(SampleForm(), "{% field form.nombre %}")
    assert "(opcional)" not in render(SampleForm(), "{% field form.celular %}")


def test_an_option_explains_itself_and_a_phone_shows_its_prefix():
    assert "<small>Sin costo para usted</small>" in render(SampleForm(), "{% field form.via %}")
    assert "<span>+52</span>" in render(SampleForm(), "{% field form.celular %}")


@pytest.mark.parametrize("name", list(SampleForm.base_fields))
def test_every_control_has_a_label(name):
    html = render(SampleForm(), "{% field form." + name + " %}")
    assert f'for="id_{name}"' in html or "<legend" in html or '<label class="pick' in html


def test_typed_words_come_back_escaped():
    html = render(SampleForm({"nombre": '"><script>x</script>'}))
    assert "<script>" not in html
