def sample_context(request):
    return {"migas": [{"label": "Inicio", "url": "/"}, {"label": "Componentes"}]}
