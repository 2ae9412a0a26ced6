#include "ui/widgets/empty_page.h"

#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace loom {

QWidget* emptyPage(const QString& title, QLabel* text, QPushButton* button) {
  constexpr int kTextWidth = 460;
  auto* page = new QWidget;
  auto* heading = new QLabel(title);
  heading->setObjectName("pageTitle");
  text->setWordWrap(true);
  text->setAlignment(Qt::AlignCenter);
  text->setFixedWidth(kTextWidth);
  button->setProperty("primary", true);
  auto* layout = new QVBoxLayout(page);
  layout->addStretch();
  layout->addWidget(heading, 0, Qt::AlignHCenter);
  layout->addWidget(text, 0, Qt::AlignHCenter);
  layout->addSpacing(8);
  layout->addWidget(button, 0, Qt::AlignHCenter);
  layout->addStretch();
  return page;
}

}  // namespace loom
