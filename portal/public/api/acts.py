"""The legal acts under the names they have in addresses."""

#: By the name of the policy.
ACT_OF = {
    "assign": "turnar",
    "return_to_desk": "devolver",
    "accept": "atender",
    "request_correction": "prevenir",
    "receive_correction": "desahogar",
    "extend": "prorrogar",
    "answer": "responder",
    "conclude": "concluir",
    "dismiss": "desechar",
    "declare_not_competent": "no-competente",
    "merge": "acumular",
    "cancel": "cancelar",
    "reopen": "reabrir",
    "note": "nota",
}
