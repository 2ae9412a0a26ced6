#include "ui/widgets/toggle_button.h"

#include <QKeySequence>
#include <QObject>
#include <QShortcut>
#include <QToolButton>

namespace loom {

QToolButton* toggleButton(const QString& text, const char* name, Qt::Key key, const QString& tip) {
  auto* made = new QToolButton;
  made->setText(text);
  made->setObjectName(name);
  made->setAccessibleName(text);
  made->setCheckable(true);
  made->setProperty("toggle", true);
  // A button's own shortcut presses it for a tenth of a second first.
  QObject::connect(new QShortcut(key, made), &QShortcut::activated, made, &QToolButton::click);
  made->setToolTip(QObject::tr("%1 (%2)").arg(tip, QKeySequence(key).toString(QKeySequence::NativeText)));
  return made;
}

}  // namespace loom
