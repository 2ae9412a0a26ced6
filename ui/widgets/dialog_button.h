// The buttons within a dialog, beside those that end it.
#pragma once

#include <QString>

class QPushButton;

namespace loom {

/// Return never presses it: that key belongs to the button that ends the dialog.
QPushButton* dialogButton(const QString& text, const QString& name, const QString& tip);

}  // namespace loom
