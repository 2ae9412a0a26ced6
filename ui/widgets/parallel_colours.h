// The colours of trials, from the best to the worst.
#pragma once

#include <QColor>

namespace loom {

/// `shade` 0 (the best: warm) .. 1 (the worst: cold and faint), readable on `ground`; NaN: grey, nothing is known yet.
QColor shadeColour(double shade, const QColor& ground);

}  // namespace loom
