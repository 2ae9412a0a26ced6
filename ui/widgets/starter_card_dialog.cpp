#include "ui/widgets/starter_card_dialog.h"

#include <QDialogButtonBox>
#include <QPlainTextEdit>
#include <QVBoxLayout>

namespace loom {

StarterCardDialog::StarterCardDialog(const StarterWeights& starter, QWidget* parent) : QDialog(parent) {
  setObjectName("starterCard");
  setWindowTitle(tr("About these weights"));
  resize(620, 480);
  auto* text = new QPlainTextEdit(QString::fromStdString(cardText(starter.card)));
  text->setObjectName("starterCardText");
  text->setReadOnly(true);
  auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close);
  connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
  auto* layout = new QVBoxLayout(this);
  layout->addWidget(text, 1);
  layout->addWidget(buttons);
}

void showStarterCard(const StarterWeights& starter, QWidget* parent) {
  auto* dialog = new StarterCardDialog(starter, parent);
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->open();
}

}  // namespace loom
