"""What a person or an act of the house would write in each kind of document; all invented."""

_CASE = {
    "folio_peticion": "SJV-2026-000123",
    "asunto": "Bache o pavimento dañado",
    "fecha_presentacion": "2026-11-03",
}
_OFFICER = "Ing. Rosa Elena Cárdenas Ibarra, directora de Obras Públicas"
_NOTICE = {
    "persona": "María Guadalupe Núñez Peña",
    "domicilio": "Calle Benito Juárez 112, colonia Centro",
    "notificador": "Óscar Iván Rentería Solís, notificador municipal",
}
_NOTIFIED = {
    "documento": "Respuesta a una petición, RESP-2026-000045",
    "fecha_documento": "2026-11-18",
    "emisor": "la Dirección de Obras Públicas",
    "hojas": 2,
}

CASE_DATA: dict[str, dict] = {
    "convocatoria_cabildo": {
        "sesion": "sesión ordinaria 12/2026, Ayuntamiento de San Jacinto del Valle",
        "caracter": "pública",
        "cuando": "jueves 3 de diciembre de 2026, 10:00 h",
        "lugar": "Salón de Cabildo, Portal Hidalgo 1",
        "segunda": "De 13 integrantes se requieren 7: más de la mitad. En segunda convocatoria"
        " bastan 5, al menos 30 minutos después de la primera.",
        "orden": "1. Lista de asistencia\n2. Declaración de quórum y apertura\n3. Reforma al"
        " Reglamento de Mercados\n4. Clausura de la sesión",
        "anticipacion": "Con 48 horas en días hábiles de anticipación, puede celebrarse desde el"
        " lunes 30 de noviembre de 2026 a las 9:00 h.",
    },
    "acuerdo_cabildo": {
        "numero": "ACU-2026-000001",
        "titulo": "Programa de bacheo",
        "sesion": "sesión ordinaria 12/2026, Ayuntamiento, jueves 3 de diciembre de 2026",
        "texto": "Se aprueba el programa de bacheo y se instruye publicar su avance cada semana.",
        "votacion": "9 de 13; se requieren 7: más de la mitad de los votos emitidos.",
    },
    "acta_cabildo": {
        "sesion": "sesión ordinaria 12/2026, Ayuntamiento de San Jacinto del Valle",
        "aprobada": "sesión ordinaria 13/2026",
    },
    "acta_publica": {
        "sesion": "sesión ordinaria 12/2026, Ayuntamiento de San Jacinto del Valle",
        "supresion": "Se suprimieron 3 datos. Fundamento: resolución 14/2026 del Comité",
    },
    "fe_erratas": {
        "acta": "acta de la sesión ordinaria 12/2026",
        "dice": "la calle Nogal",
        "debe_decir": "la calle Fresno",
    },
    "certificacion_libro": {
        "dice": "Se abre el tomo 2 del libro de actas, hoy 3 de diciembre de 2026.",
    },
    "gaceta": {
        "numero": "Número 12 del año 2026",
        "fecha": "viernes 4 de diciembre de 2026",
    },
    "acuse": {
        "folio_peticion": "SJV-2026-000123",
        "asunto": "Bache o pavimento dañado",
        "recibido": "martes 3 de noviembre de 2026 a las 10:15 h",
        "dependencia": "Dirección de Obras Públicas",
        "vence": "2026-11-18",
    },
    "respuesta_peticion": {
        **_CASE,
        "resultado": "resuelta",
        "respuesta": "El 12 de noviembre una cuadrilla reparó 14 metros cuadrados de pavimento en"
        " la calle Morelos, entre Allende y Aldama.\n\nSi el daño aparece otra vez, puede"
        " reportarlo con este mismo folio y lo revisaremos como prioridad.",
        "fundamento": "Artículos 18 y 21 del Reglamento de Atención Ciudadana.",
        "inconformidad_hasta": "2026-12-10",
    },
    "respuesta": {
        **_CASE,
        "fecha_respuesta": "2026-11-12",
        "resultado": "contestada",
        "respuesta": "La luminaria pertenece a un particular, a quien se le pidió repararla.",
        "fundamento": "Artículo 18 del Reglamento de Atención Ciudadana.",
        "inconformidad_hasta": "2026-11-27",
        "emite": _OFFICER,
    },
    "prevencion": {
        **_CASE,
        "texto": "La dirección exacta: calle, número o entre qué calles está el bache.\n\nUna"
        " fotografía en la que se vea el tamaño.",
        "vence": "2026-11-12",
        "efecto": "suspende",
        "emite": _OFFICER,
    },
    "prorroga": {
        **_CASE,
        "cantidad": 5,
        "unidad": "días hábiles",
        "vence": "2026-11-26",
        "motivo": "La reparación necesita cerrar la calle y coordinar el desvío del transporte"
        " público; la empresa concesionaria pidió cinco días para avisar a sus usuarios.",
        "emite": _OFFICER,
    },
    "desechamiento": {
        **_CASE,
        "texto": "El 5 de noviembre se le pidió que indicara el domicilio. El plazo terminó el 12"
        " de noviembre y no se recibió respuesta, por lo que no es posible ubicar el daño.",
        "fundamento": "Artículo 21 del Reglamento de Atención Ciudadana.",
        "emite": _OFFICER,
    },
    "no_competencia": {
        **_CASE,
        "asunto": "Falta de luz en la casa",
        "autoridad_competente": "Comisión Federal de Electricidad",
        "texto": "Reporte la falla al número 071, a cualquier hora, con el número de servicio que"
        " aparece en su recibo.",
        "emite": "Lic. Amalia Reyes Ortega, secretaria general del Ayuntamiento",
    },
    "constancia_ficta": {
        **_CASE,
        "asunto": "Licencia de giro de bajo impacto",
        "plazo": "10 días hábiles",
        "vencio": "2026-11-18",
        "sentido": "afirmativa",
        "fundamento": "Reglamento de Comercio y Servicios, artículo 33.",
    },
    "cedula_notificacion": {**_NOTICE, **_NOTIFIED, "expediente": "SJV-2026-000123"},
    "citatorio": {
        **_NOTICE,
        "documento": "Respuesta a una petición, RESP-2026-000045",
        "cita_fecha": "2026-11-20",
        "cita_hora": "11:00 horas",
    },
    "constancia_notificacion": {
        "persona": "María Guadalupe Núñez Peña",
        "correo": "maria.nunez@correo.example",
        "consentimiento": "lo señaló en su escrito del 3 de noviembre de 2026",
        "documento": "Respuesta a una petición, RESP-2026-000045",
        "fecha_documento": "2026-11-18",
        "emisor": "la Dirección de Obras Públicas",
        "huella": "9f" * 32,
    },
    "instructivo": {
        **_NOTICE,
        **_NOTIFIED,
        "citatorio": "CIT-2026-000009",
        "citatorio_fecha": "2026-11-19",
    },
}

OFFICE_DATA: dict[str, dict] = {
    "oficio": {
        "antecedente": "En respuesta a su oficio OP/214/2026, del 9 de noviembre de 2026:",
        "texto": "Le solicito el inventario actualizado de los vehículos que su dirección tiene en"
        " resguardo, con el estado de cada póliza de seguro.\n\nLa información se integrará al"
        " informe que el Cabildo pidió en su sesión ordinaria 41.",
        "responder_antes": "2026-11-27",
        "copias": "C.P. Julián Mena Ávila, contralor municipal\nArchivo",
    },
    "memorandum": {
        "texto": "El jueves 26 de noviembre, de 9:00 a 11:00 horas, no habrá sistema de cajas por"
        " mantenimiento. Avise a las personas que lleguen a pagar.",
        "responsable": "Jefatura de Ingresos",
        "fecha_limite": "2026-11-25",
    },
    "circular": {
        "texto": "Desde el 1 de diciembre las solicitudes de vacaciones se presentan en el sistema,"
        " con diez días hábiles de anticipación.\n\nYa no se reciben en papel.",
        "vigencia_desde": "2026-12-01",
        "fecha_limite": "2026-12-11",
        "sustituye": "SG-CIR-2024-000017, del 3 de junio de 2024",
        "contacto": "Recursos Humanos, extensión 118",
    },
    "nombramiento": {
        "persona": "Rosa Elena Cárdenas Ibarra",
        "cargo": "Directora de Obras Públicas",
        "adscripcion": "Dirección de Obras Públicas",
        "desde": "2026-12-01",
        "hasta": "2027-09-30",
        "sustituye_a": "Ernesto Lozano Prado",
        "acuerdo": "acuerdo 112/2026, de la sesión ordinaria del 20 de noviembre de 2026",
    },
    "revocacion_nombramiento": {
        "persona": "Ernesto Lozano Prado",
        "cargo": "Director de Obras Públicas",
        "folio_nombramiento": "NOM-2024-000031",
        "fecha_nombramiento": "2024-10-01",
        "desde": "2026-11-30",
        "motivo": "renuncia",
        "razones": "Presentó su renuncia por escrito el 13 de noviembre de 2026.",
        "entrega_ante": "la Contraloría Municipal",
    },
    "acta_protesta": {
        "persona": "Rosa Elena Cárdenas Ibarra",
        "cargo": "Directora de Obras Públicas",
        "nombramiento": "NOM-2026-000008",
        "fecha": "2026-12-01",
        "hora": "10:00 horas",
        "lugar": "la sala de Cabildo del palacio municipal",
        "quien_toma": "Tomás Villegas Luna, presidente municipal",
        "testigos": "Julián Mena Ávila, contralor municipal\nSofía Arce Toledo, síndica",
    },
    "decreto": {
        "quien_expide": "Tomás Villegas Luna, presidente municipal de San Jacinto del Valle",
        "aprobacion": "sesión ordinaria 42, del 20 de noviembre de 2026",
        "considerandos": "Que el Ayuntamiento puede expedir disposiciones que organicen la"
        " administración municipal.\n\nQue el 15 de mayo de 2027 se cumplen 150 años de la"
        " fundación del municipio.\n\nQue conviene que la papelería oficial recuerde esa fecha.",
        "resolutivos": "Se declara 2027 «Año del Sesquicentenario de San Jacinto del Valle».\n\n"
        "Las dependencias incluirán esa leyenda en sus documentos oficiales durante 2027.",
        "transitorios": "Este decreto entra en vigor el 1 de enero de 2027.\n\nLa papelería impresa"
        " que exista se usará hasta que se agote.",
    },
    "resolucion": {
        "expediente": "PA/017/2026",
        "parte": "Comercializadora El Fresno, S.A. de C.V.",
        "resultandos": "El 2 de octubre de 2026 se levantó el acta de inspección 311.\n\nEl 9 de"
        " octubre la empresa presentó pruebas y manifestó lo que a su derecho convino.",
        "considerandos": "Esta dirección es competente para resolver.\n\nLas fotografías y el acta"
        " prueban que el anuncio se instaló sin licencia.\n\nLa empresa lo retiró el 12 de octubre,"
        " lo que se toma en cuenta a su favor.",
        "resolutivos": "Se acredita la falta prevista en el reglamento de anuncios.\n\nSe impone a"
        " la empresa una amonestación por escrito.",
    },
    "acuerdo_administrativo": {
        "quien_acuerda": "Amalia Reyes Ortega, secretaria general del Ayuntamiento",
        "considerandos": "Que el 16 de noviembre de 2026 es día de descanso obligatorio.\n\nQue las"
        " personas deben conocer con tiempo los días en que no corren los plazos.",
        "puntos": "Se suspenden labores el 16 de noviembre de 2026.\n\nEse día no se cuenta en los"
        " plazos de los trámites municipales.\n\nSeguridad, protección civil y aseo público"
        " trabajarán con guardias.",
        "vigencia_desde": "2026-11-10",
        "vigencia_hasta": "2026-11-17",
    },
    "constancia": {
        "nombre": "María Guadalupe Núñez Peña",
        "domicilio": "Calle Benito Juárez 112",
        "colonia": "colonia Centro",
        "anios": 14,
        "motivo": "trámite escolar",
    },
    "constancia_identidad": {
        "nombre": "José Natividad Xochihua Cruz",
        "nacimiento": "1949-12-25",
        "lugar_nacimiento": "San Jacinto del Valle",
        "domicilio": "Camino a la Presa s/n, localidad El Sauz",
        "documento": "acta de nacimiento 1234 del Registro Civil",
        "testigos": "Petra Xochihua Cruz, credencial para votar\nLuis Rey Ortiz, pasaporte",
        "vigencia": "2027-02-28",
    },
    "certificacion": {
        "solicitante": "Sofía Arce Toledo",
        "fecha_solicitud": "2026-11-16",
        "folio_solicitud": "SJV-2026-000151",
        "documento": "acta de la sesión ordinaria 41 del Cabildo, del 30 de octubre de 2026",
        "cotejo": "el original",
        "alcance": "parcial",
        "pagina_de": 3,
        "pagina_a": 9,
        "paginas_total": 7,
        "libro": "libro de actas 3, tomo I",
        "foja": "112 a 115, por ambos lados",
        "testado": "domicilios particulares, por ser datos personales",
    },
    "opinion_juridica": {
        "consulta": "¿Puede el Ayuntamiento dar en comodato el predio de la calle Aldama por diez"
        " años?",
        "solicitada_por": "La Dirección de Patrimonio",
        "fecha_consulta": "2026-11-04",
        "hechos": "El predio es propiedad municipal, según la escritura 4,512.\n\nLa administración"
        " termina el 30 de septiembre de 2027.",
        "analisis": "El artículo 115, fracción II, inciso b), de la Constitución exige el acuerdo"
        " de las dos terceras partes de los miembros del Ayuntamiento para los actos que"
        " comprometan al municipio más allá del periodo.",
        "conclusion": "Sí, si lo aprueban las dos terceras partes del Cabildo. Conviene pactar la"
        " devolución anticipada.",
        "riesgos": "Sin esa mayoría el contrato puede anularse.",
    },
    "convocatoria": {
        "objeto": "Concurso de murales «San Jacinto, 150 años»",
        "quienes": "Personas de 16 años o más que vivan en el municipio.",
        "requisitos": "Boceto a color\nIdentificación o constancia de residencia\nAutorización del"
        " padre, la madre o quien ejerza la tutela, si es menor de edad",
        "desde": "2027-01-11",
        "hasta": "2027-02-12",
        "donde": "Casa de la Cultura, de lunes a viernes, de 9:00 a 15:00 horas",
        "seleccion": "Un jurado de cinco personas elige tres bocetos. Sus razones se publican.",
        "resultados": "2027-02-26",
        "contacto": "55 0000 1234, extensión 140; cultura@sanjacinto.example",
    },
}

DATA: dict[str, dict] = {**CASE_DATA, **OFFICE_DATA}

#: What goes to the layouts of a personal notification besides: what is written by hand.
BY_HAND = {
    "campos": [
        ["Fecha y hora", ""],
        ["Se entendió con", ""],
        ["Se identificó con", ""],
        ["Observaciones", ""],
    ],
    "firman_a_mano": ["Quien notifica", "Quien recibe"],
}
