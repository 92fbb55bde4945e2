"""Small picture operations: trimming, encoding, perceptual hashes, contact sheets."""

import io

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

GREY = (128, 128, 128, 255)


def shrink(image: Image.Image, longest: int) -> Image.Image:
    scale = longest / max(image.size)
    if scale >= 1:
        return image
    size = tuple(max(1, round(side * scale)) for side in image.size)
    if image.mode != "RGBA":
        return image.resize(size, Image.LANCZOS)
    # Premultiplied, so colour hidden under transparent pixels does not bleed into the edge.
    return image.convert("RGBa").resize(size, Image.LANCZOS).convert("RGBA")


def trim(image: Image.Image) -> Image.Image:
    """Crops to where alpha is above 8 of 255."""
    box = image.getchannel("A").point(lambda a: 255 if a > 8 else 0).getbbox()
    return image.crop(box) if box else image


def without_plain_ground(image: Image.Image, tolerance: int = 26) -> Image.Image:
    """Makes the nearly flat ground that touches the border transparent, with a one-pixel soft edge."""
    rgb = image.convert("RGB")
    pixels = np.asarray(rgb).astype(int)
    border = np.concatenate([pixels[0], pixels[-1], pixels[:, 0], pixels[:, -1]])
    near = (np.abs(pixels - np.median(border, axis=0)).max(axis=2) <= tolerance).astype(np.uint8) * 255
    framed = Image.new("L", (rgb.width + 2, rgb.height + 2), 255)
    framed.paste(Image.fromarray(near), (1, 1))
    ImageDraw.floodfill(framed, (0, 0), 100)
    ground = np.asarray(framed)[1:-1, 1:-1] == 100
    alpha = Image.fromarray(np.where(ground, 0, 255).astype(np.uint8)).filter(ImageFilter.MinFilter(3)).filter(ImageFilter.GaussianBlur(0.8))
    rgb.putalpha(alpha)
    return rgb


def perceptual_hash(image: Image.Image) -> np.ndarray:
    """64 bits: signs of the lowest 8×8 cosine coefficients of a 32×32 grey thumbnail."""
    if image.mode == "RGBA":
        ground = Image.new("RGBA", image.size, GREY)
        ground.alpha_composite(image)
        image = ground
    grey = np.asarray(image.convert("L").resize((32, 32), Image.LANCZOS), dtype=float)
    k = np.arange(32)
    basis = np.cos(np.pi / 32 * (k[None, :] + 0.5) * np.arange(8)[:, None])
    low = (basis @ grey @ basis.T).ravel()
    return low > np.median(low[1:])


def jpeg(image: Image.Image) -> bytes:
    out = io.BytesIO()
    image.convert("RGB").save(out, "JPEG", quality=85, optimize=True)
    return out.getvalue()


def webp(image: Image.Image) -> bytes:
    out = io.BytesIO()
    image.save(out, "WEBP", quality=82, alpha_quality=95, method=5)
    return out.getvalue()


def contact_sheet(images: list[tuple[Image.Image, str]], cell: int = 96, columns: int = 24) -> Image.Image:
    """Thumbnails on magenta (a colour no picture here has much of, so dirty alpha shows), with labels."""
    rows = -(-len(images) // columns)
    sheet = Image.new("RGB", (columns * cell, rows * (cell + 10)), (40, 40, 40))
    draw = ImageDraw.Draw(sheet)
    for index, (image, label) in enumerate(images):
        x, y = index % columns * cell, index // columns * (cell + 10)
        draw.rectangle([x, y, x + cell - 2, y + cell - 2], fill=(200, 60, 200))
        small = shrink(image, cell - 2)
        at = (x + (cell - small.width) // 2, y + (cell - small.height) // 2)
        sheet.paste(small, at, small if small.mode == "RGBA" else None)
        draw.text((x + 1, y + cell - 2), label[: cell // 6], fill=(255, 255, 255))
    return sheet
