#include "ui/widgets/dialog_button.h"

#include <QPushButton>

namespace loom {

QPushButton* dialogButton(const QString& text, const QString& name, const QString& tip) {
  auto* made = new QPushButton(text);
  made->setObjectName(name);
  made->setToolTip(tip);
  made->setAutoDefault(false);
  return made;
}

}  // namespace loom
