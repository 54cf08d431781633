from .encargos import Encargo, EvidenciaEncargo, InformeEncargo, ProrrogaEncargo

__all__ = ["Encargo", "EvidenciaEncargo", "InformeEncargo", "ProrrogaEncargo"]
