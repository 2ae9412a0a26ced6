// A tool button that is on or off, by a click or by a key while the window shows it.
#pragma once

#include <QString>

class QToolButton;

namespace loom {

/// The key is added to the tooltip.
QToolButton* toggleButton(const QString& text, const char* name, Qt::Key key, const QString& tip);

}  // namespace loom
