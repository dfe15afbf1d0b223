"""The entry of the audit chain on which a report is based."""

from sqlmodel import Session, and_, col, select

from models.storage import audit
from models.tables.audit import Audit
from models.tables.report import MadeReport
from models.tables.signature import Signature


def chain_at(session: Session, signature: Signature | None) -> Audit | None:
    """Return the chain's entry on which the report is based: that of the signature, else the newest.

    Entries about making reports are left out, since they change no report.
    """
    made = and_(col(Audit.action) == audit.WRITE, col(Audit.subject) == MadeReport.__tablename__)
    query = select(Audit).where(~made)
    if signature is not None:
        query = query.where(Audit.action == "sign", Audit.subject == f"signature:{signature.id}")
    return session.exec(query.order_by(col(Audit.seq).desc()).limit(1)).first()
