"""Examples of the documentation, with the fictional municipality's data."""

FILING = {
    "servicio": "luminaria-apagada",
    "descripcion": "La lámpara frente a la escuela no prende desde el lunes.",
    "respuestas": {"falla": "Está apagada", "poste": "0418"},
    "lugar": {"direccion": "Av. Hidalgo 120", "referencia": "Frente a la primaria"},
    "contacto": {"correo": "vecina@correo.example"},
}
FILED = {
    "folio": "SJV-2026-000123",
    "pin": "482915",
    "estado": "turnada",
    "recibida_en": "2026-03-02T10:15:00-06:00",
    "vence_en": "2026-03-17T23:59:59-06:00",
    "dependencia": {"clave": "alumbrado", "nombre": "Alumbrado Público"},
    "huella": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
}
FOLLOW_UP = {"folio": "SJV-2026-000123", "pin": "482915"}
SESSION = {"usuario": "lucia.mesa", "contrasena": "la-de-usted", "codigo": "123456"}
ANSWER = {
    "version": 3,
    "resultado": "resuelta",
    "texto": "La cuadrilla cambió el foco el 5 de marzo.",
    "fundamento": "Reglamento de Servicios Públicos, artículo 31",
}
ASSIGN = {"version": 1, "dependencia": "alumbrado", "motivo": "Es de alumbrado público."}
