// What a page shows while there is nothing to work on: its title, why, and where to go.
#pragma once

#include <QWidget>

class QLabel;
class QPushButton;

namespace loom {

/// A page with the three in its middle; it owns `text`, which wraps, and `button`, which stands out.
QWidget* emptyPage(const QString& title, QLabel* text, QPushButton* button);

}  // namespace loom
