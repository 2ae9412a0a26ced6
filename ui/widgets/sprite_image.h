// Sprites as Qt pictures, and the ground they are shown on.
#pragma once

#include <QImage>
#include <QPainter>
#include <QRect>

#include "core/image/sprite.h"

namespace loom {

/// A deep copy, QImage::Format_RGBA8888 (straight alpha).
QImage toImage(const Sprite& sprite);
/// The same back, from a picture of any format; empty for a null one.
Sprite fromImage(const QImage& image);

/// The smallest box that holds what is drawn in the picture: the air around it only takes space.
QRect drawnBox(const QImage& picture);

/// Fills `area` with the checkerboard that stands for transparency; `cell` is the side of a square in px.
/// Squares are aligned to the painter's origin, so neighbouring areas join without a seam.
void paintCheckerboard(QPainter& painter, const QRect& area, int cell = 8);

/// The largest whole-number enlargement (at least 1) of `size` that fits into `area`, centred there. When even scale 1
/// is too large the picture is scaled down to fit, keeping its shape.
QRect pixelPerfectRect(const QSize& size, const QRect& area);

}  // namespace loom
