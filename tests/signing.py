"""Keys, certificates and signed PDF files, made by the tests for themselves; they are worth nothing anywhere else."""

from __future__ import annotations

import io
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from asn1crypto import keys
from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from pdf_files import pdf

if TYPE_CHECKING:
    from pathlib import Path

DAY = datetime(2023, 5, 9, tzinfo=UTC)
"""In the middle of the days of what `certified` makes."""
_NAMES = {
    "cn": NameOID.COMMON_NAME,
    "ou": NameOID.ORGANIZATIONAL_UNIT_NAME,
    "o": NameOID.ORGANIZATION_NAME,
    "st": NameOID.STATE_OR_PROVINCE_NAME,
}


class Certified(NamedTuple):
    """A key and its certificate."""

    key: Any
    certificate: x509.Certificate


def certified(
    cn: str, issuer: Certified | None = None, *, until: datetime | None = None, stamps: bool = False, **names: str
) -> Certified:
    """Make a key with a certificate: of a root where nobody issues it, of who stamps times if `stamps`."""
    key = rsa.generate_private_key(65537, 2048) if stamps else ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(_NAMES[one], text) for one, text in {"cn": cn, **names}.items()])
    root = issuer is None
    usage = dict.fromkeys(
        ("content_commitment", "key_encipherment", "data_encipherment", "key_agreement", "encipher_only", "decipher_only"), False
    )  # fmt: skip
    built = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer.certificate.subject if issuer else subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(DAY - timedelta(days=400))
        .not_valid_after(until or DAY + timedelta(days=4000))
        .add_extension(x509.BasicConstraints(root, None), critical=True)
        .add_extension(x509.KeyUsage(**usage, digital_signature=True, key_cert_sign=root, crl_sign=root), critical=True)
    )
    if stamps:
        built = built.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
    return Certified(key, built.sign(issuer.key if issuer else key, SHA256()))


@cache
def root() -> Certified:
    """Give the root that the tests trust."""
    return certified("Gốc của kiểm thử", o="Kiểm thử")


@cache
def holder(cn: str, **more: Any) -> Certified:
    """Give a certificate that the root has issued."""
    return certified(cn, root(), **more)


def seal() -> Certified:
    """Give the seal of a unit: an organisation's certificate, no person's."""
    return holder("Sở Y tế", o="Ủy ban nhân dân tỉnh Bình Phước")


def person() -> Certified:
    """Give a person's certificate."""
    return holder("Nguyễn Thị Thử", ou="Ban Giám đốc", o="Sở Y tế")


def stamping(by: Certified, when: datetime) -> Any:
    """Give what stamps signatures with a time."""
    from pyhanko.sign.timestamps import DummyTimeStamper

    return DummyTimeStamper(*_loaded(by), fixed_dt=when)


def _loaded(one: Certified) -> tuple[asn1.Certificate, keys.PrivateKeyInfo]:
    der = one.key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    return asn1.Certificate.load(one.certificate.public_bytes(Encoding.DER)), keys.PrivateKeyInfo.load(der)


def signed(data: bytes, by: Certified, field: str = "ChuKy1", writer: Any = None, **more: Any) -> bytes:
    """Sign a PDF file, in a revision of its own as all do; what is open already where there is a `writer`."""
    from pyhanko.sign import signers
    from pyhanko_certvalidator.registry import SimpleCertificateStore

    signer = signers.SimpleSigner(*_loaded(by), SimpleCertificateStore())
    about = signers.PdfSignatureMetadata(field_name=field, md_algorithm="sha256", name="")
    maker = signers.PdfSigner(about, signer, **more)
    # With room reserved, it is not signed twice to know how much is needed.
    return bytes(maker.sign_pdf(writer or _writer(data), bytes_reserved=2**15, output=io.BytesIO()).getvalue())


def marked(data: bytes, text: str, left: float, low: float, field: str, wide: float = 24) -> bytes:
    """Sign a file with a text that is seen in a box, as an e-office puts in number and day."""
    from pyhanko.pdf_utils.layout import AxisAlignment, Margins, SimpleBoxLayoutRule
    from pyhanko.sign.fields import SigFieldSpec
    from pyhanko.stamp import TextStampStyle

    inner = SimpleBoxLayoutRule(AxisAlignment.ALIGN_MIN, AxisAlignment.ALIGN_MID, Margins(0, 0, 0, 0))
    style = TextStampStyle(stamp_text=text, border_width=0, background=None, inner_content_layout=inner)
    return signed(
        data,
        seal(),
        field,
        stamp_style=style,
        new_field_spec=SigFieldSpec(field, box=(left, low, left + wide, low + 16)),
    )


def stamped(data: bytes, by: Certified, when: datetime) -> bytes:
    """Put a time stamp over a whole PDF file."""
    from pyhanko.sign import signers

    stamper = signers.PdfTimeStamper(stamping(by, when))
    return bytes(stamper.timestamp_pdf(_writer(data), "sha256", output=io.BytesIO()).getvalue())


def _writer(data: bytes) -> Any:
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

    return IncrementalPdfFileWriter(io.BytesIO(data), strict=False)


def edited(data: bytes, page: bytes) -> bytes:
    """Write another page over that of a PDF file, as an editor does that saves what was changed."""
    from pyhanko.pdf_utils import generic

    writer = _writer(data)
    first = writer.root["/Pages"]["/Kids"][0]
    first["/Contents"] = writer.add_object(generic.StreamObject(stream_data=page))
    writer.update_container(first)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def filled(data: bytes, value: str) -> bytes:
    """Fill in the first field of a PDF file, as a reader of forms does."""
    from pyhanko.pdf_utils import generic

    writer = _writer(data)
    field = writer.root["/AcroForm"]["/Fields"][0]
    field["/V"] = generic.pdf_string(value)
    writer.update_container(field)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def trust(folder: Path) -> Path:
    """Write the root's certificate into a folder; gives the folder."""
    folder.mkdir(exist_ok=True)
    (folder / "goc.crt").write_bytes(root().certificate.public_bytes(Encoding.PEM))
    (folder / "LOI-DAN.txt").write_text("lấy từ tổ chức cấp chứng thư", encoding="utf-8")
    return folder


def scanned() -> bytes:
    """Give a PDF file without a word on it, as scanners make them."""
    return pdf("q 100 0 0 100 0 0 cm Q")
