"""Copies of pictures, made small enough to be kept."""

from pathlib import Path
from typing import Final

from matsession.domain.errors import MatSessionError

PHOTO_PX: Final = 640
"""The longer side of a photo of a mat as it is kept."""

_QUALITY: Final = 85
_LARGEST_MB: Final = 256
"""Of memory for one picture; a file that claims to need more is refused."""


def keep_picture(source: Path, target: Path, longest_px: int = PHOTO_PX) -> None:
    """Write the picture in ``source`` into ``target``, a JPEG of at most ``longest_px`` on its longer side.

    Raises MatSessionError where it is no picture, or cannot be written.
    """
    # Hardly anybody needs them: imported late.
    from PySide6.QtCore import QBuffer, QIODevice, QSize, Qt
    from PySide6.QtGui import QColor, QImage, QImageReader, QPainter

    from matsession.storage.atomic_file import write_whole
    from matsession.storage.errors import shown

    reader = QImageReader(str(source))
    reader.setAutoTransform(True)  # as the camera was held
    reader.setAllocationLimit(_LARGEST_MB)
    size = reader.size()
    longest = QSize(longest_px, longest_px)
    if size.isValid() and max(size.width(), size.height()) > longest_px:
        reader.setScaledSize(size.scaled(longest, Qt.AspectRatioMode.KeepAspectRatio))
    picture = reader.read()
    if picture.isNull():
        raise MatSessionError(
            "{file} is no picture that can be read.",
            "Choose a JPEG or PNG file.",
            {"file": shown(Path(source.name))},
        )
    if max(picture.width(), picture.height()) > longest_px:
        smooth = Qt.TransformationMode.SmoothTransformation
        picture = picture.scaled(longest, Qt.AspectRatioMode.KeepAspectRatio, smooth)
    plain = QImage(picture.size(), QImage.Format.Format_RGB32)  # a JPEG knows no transparency
    plain.fill(QColor("white"))
    painter = QPainter(plain)
    painter.drawImage(0, 0, picture)
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    plain.save(buffer, "JPEG", _QUALITY)  # type: ignore[call-overload]  # PySide's stub wants bytes
    write_whole(target, bytes(buffer.data().data()))
