// The program's looks: dark (the default) and light, from one palette each.
#pragma once

#include <QIcon>
#include <QString>

class QApplication;

namespace loom {

enum class Theme { kDark, kLight };

/// Sets style, palette and style sheet of the whole program.
void applyTheme(QApplication& app, Theme theme);

/// resources/icons/NAME.svg in the palette's text colour, crisp at every size.
QIcon themedIcon(const QString& name);

}  // namespace loom
