"""Looks at the digital signatures of a PDF with pyhanko, as a process of its own that `pdf/signatures` asks.

    python -m danvan_cli.pdf.signed

Each line of its input is a path, the paths of the certificates that are trusted, and the moment at which they are to be
in force; the answer is a list with what was found of each signature, or null where the file cannot be read.
"""

from __future__ import annotations

import io
from contextlib import suppress
from datetime import datetime, timedelta, timezone
from functools import cache
from pathlib import Path
from typing import Any, Final

from asn1crypto import pem, x509
from pyhanko.pdf_utils.misc import PdfReadError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.ades.report import AdESIndeterminate
from pyhanko.sign.diff_analysis import DiffResult, ModificationLevel
from pyhanko.sign.fields import enumerate_sig_fields
from pyhanko.sign.validation import validate_pdf_signature, validate_pdf_timestamp
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko.sign.validation.status import SignatureCoverageLevel, TimestampSignatureStatus
from pyhanko_certvalidator import ValidationContext

from danvan_cli.pdf.worker import serve

_MOST: Final = 50
"""Signatures of a file that are looked at."""
_VIETNAM: Final = timezone(timedelta(hours=7))
_WHOLE: Final = {SignatureCoverageLevel.ENTIRE_FILE, SignatureCoverageLevel.ENTIRE_REVISION}
_EXPIRED: Final = {"EXPIRED", "NOT_YET_VALID", "OUT_OF_BOUNDS_NO_POE", "OUT_OF_BOUNDS_NOT_REVOKED"}
_NO_SIGNING: Final = {"server_auth", "code_signing", "time_stamping", "ocsp_signing"}
"""What certificates are issued for that are not for documents."""
_SUBJECT: Final = ("common_name", "organizational_unit_name", "organization_name")
_PROVINCE: Final = "state_or_province_name"


def look_at_signatures(question: list[Any]) -> list[dict[str, Any]] | None:
    """Look at each signature of a file."""
    path, roots, moment = question
    data = Path(path).read_bytes()
    try:
        reader, lenient = _opened(data)
        fields = [(name, field) for name, _value, field in enumerate_sig_fields(reader, filled_status=True)][:_MOST]
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 - whatever a stranger's file does to a library
        return None
    signatures = []
    for name, field in fields:
        try:
            signatures.append(EmbeddedPdfSignature(reader, field, name))
        except MemoryError:
            raise
        except Exception:  # noqa: BLE001 - of an old kind, or damaged
            signatures.append(None)
    ours = {name for name, _field in fields}
    signatures.sort(key=lambda one: one.signed_revision if one else -1)
    return [_looked(one, data, ours, roots, datetime.fromisoformat(moment), lenient) for one in signatures]


def _opened(data: bytes) -> tuple[Any, bool]:
    """Open a file as strictly as it allows; tell whether its structure could not be held to the standard."""
    try:
        reader, lenient = PdfFileReader(io.BytesIO(data), strict=True), False
    except PdfReadError:
        reader, lenient = PdfFileReader(io.BytesIO(data), strict=False), True
    if not lenient and reader.xrefs.hybrid_xrefs_present:  # as Word writes: for old readers and new ones at once
        reader = PdfFileReader(io.BytesIO(data), strict=False)
    if reader.encrypted:
        reader.decrypt("")
    return reader, lenient


def _looked(one: Any, data: bytes, ours: set[str], roots: list[str], moment: datetime, lenient: bool) -> dict[str, Any]:
    told: dict[str, Any] = {"found": "unread"}
    try:
        told |= _signer(one.signer_cert)
        told |= _judged(one, ours, roots, moment)
        if told["found"] not in {"broken", "partial"} and (
            after := data[one.byte_range[2] + one.byte_range[3] :].strip()
        ):
            if one.signed_revision == one.reader.xrefs.total_revisions - 1:
                told |= {"found": "changed", "more": ""}  # what no reader has to see, and some may
            elif lenient or b"/XRefStm" in after:
                told |= {"found": "unread", "more": ""}  # readers may see different things in what was added
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 - whatever a stranger's file does to a library
        told["found"] = "unread"
    return told


def _judged(one: Any, ours: set[str], roots: list[str], moment: datetime) -> dict[str, Any]:
    """Say what was found of a signature, and when it was made."""
    status = _status(one, roots, moment)
    whole = one.sig_object_type == "/DocTimeStamp"
    stamp = status if whole else status.timestamp_validity
    stamped = stamp if stamp is not None and stamp.intact and stamp.valid and stamp.trusted else None
    when = stamped.timestamp if stamped else status.timestamp if whole else status.signer_reported_dt
    told: dict[str, Any] = {"stamped": stamped is not None}
    if when is not None:
        told["when"] = when.astimezone(_VIETNAM).isoformat(timespec="minutes")
    found, more = _whole(one, status, ours)
    if not found:
        found = _trust(status, one.signer_cert, roots)
        over = one.signer_cert.not_valid_after
        if found == "valid" and not one.signer_cert.not_valid_before <= moment <= over:
            found = "expired"  # a certificate that is trusted itself is not asked for its days
        if found == "expired":
            more = (
                f"{one.signer_cert.not_valid_before.astimezone(_VIETNAM):%d/%m/%Y}-{over.astimezone(_VIETNAM):%d/%m/%Y}"
            )
            if stamped and _trust(_status(one, roots, when), one.signer_cert, roots) == "valid":
                found = "then"
    return told | {"found": found, "more": more}


def _whole(one: Any, status: Any, ours: set[str]) -> tuple[str, str]:
    """Say what is wrong with the file as it was signed, or what came to it since; nothing where nothing is."""
    if not (status.intact and status.valid):
        return "broken", ""
    if one.coverage not in _WHOLE:
        return "partial", ""
    changes = one.diff_result
    if not isinstance(changes, DiffResult) or changes.modification_level > ModificationLevel.FORM_FILLING:
        return "changed", ""
    if getattr(status, "docmdp_ok", True) is False:
        return "changed", ""
    filled = sorted(set(changes.changed_form_fields) - ours)
    return ("filled", ", ".join(filled)) if filled else ("", "")


def _trust(status: Any, certificate: Any, roots: list[str]) -> str:
    """Say what the certificate is worth, of a signature that fits what was signed."""
    if status.trusted:
        uses = certificate.extended_key_usage_value
        alone = (
            not isinstance(status, TimestampSignatureStatus) and uses is not None and set(uses.native) <= _NO_SIGNING
        )
        return "unfit" if alone else "valid"
    why = status.trust_problem_indic
    if why is AdESIndeterminate.NO_CERTIFICATE_CHAIN_FOUND or why is None:
        return "unknown" if roots else "unrooted"
    if why.standard_name in _EXPIRED:
        return "expired"
    return "unknown" if certificate.self_issued else "unfit"


def _status(one: Any, roots: list[str], moment: datetime) -> Any:
    """Have a signature looked at, offline, against these roots and no others."""
    context = ValidationContext(
        trust_roots=_certificates(tuple(roots)), allow_fetching=False, moment=moment, revocation_mode="soft-fail"
    )
    if one.sig_object_type == "/DocTimeStamp":
        return validate_pdf_timestamp(one, context)
    uses = {"digital_signature", "non_repudiation"} if one.signer_cert.key_usage_value is not None else set()
    return validate_pdf_signature(one, context, key_usage_settings=KeyUsageConstraints(key_usage=uses))


@cache
def _certificates(paths: tuple[str, ...]) -> list[Any]:
    """Read certificates, in DER's form or PEM's, several in a file."""
    found = []
    for path in paths:
        data = Path(path).read_bytes()
        ders = [one for _type, _heads, one in pem.unarmor(data, multiple=True)] if pem.detect(data) else [data]
        found += [x509.Certificate.load(der) for der in ders]
    return found


def _signer(certificate: Any) -> dict[str, Any]:
    """Give the names in a certificate: of a person and the body, or of the body alone where that is what signs."""
    said = certificate.subject.native
    names = {key: _listed(said.get(key)) for key in (*_SUBJECT, _PROVINCE)}
    own, units, above = (names[key] for key in _SUBJECT)
    return {
        "signer": own[0] if own else "",
        "organisation": ", ".join(dict.fromkeys((*units, *above))),
        "named": [*own, *units, *above],
        "provinces": names[_PROVINCE],
    }


def _listed(value: Any) -> list[str]:
    return [str(one) for one in (value if isinstance(value, list) else [value]) if one]


if __name__ == "__main__":
    with suppress(KeyboardInterrupt):
        serve(look_at_signatures)
