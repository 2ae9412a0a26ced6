#include "ui/widgets/favourite_note_dialog.h"

#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QShortcut>

#include "core/base/limits.h"

namespace loom {
namespace {

constexpr int kMostNote = 10'000;  ///< letters

}  // namespace

FavouriteNoteDialog::FavouriteNoteDialog(const Favourite& favourite, QWidget* parent)
    : QDialog(parent), m_note(new QPlainTextEdit), m_tags(new QLineEdit) {
  setObjectName("favouriteNoteDialog");
  setAttribute(Qt::WA_DeleteOnClose);
  setWindowTitle(tr("Note and tags of %1").arg(QString::fromStdString(favourite.name)));
  m_note->setObjectName("noteEdit");
  m_note->setAccessibleName(tr("Note"));
  m_note->setToolTip(tr("Anything to remember; Ctrl+Enter accepts"));
  m_note->setTabChangesFocus(true);
  m_note->setPlainText(QString::fromStdString(favourite.note));
  m_tags->setObjectName("tagsEdit");
  m_tags->setAccessibleName(tr("Tags"));
  m_tags->setToolTip(tr("Words separated by spaces; the filter finds them"));
  m_tags->setMaxLength(limits::kMaxNameLength / 4);  // a letter has up to four bytes
  m_tags->setText(QString::fromStdString(favourite.tags));
  auto* buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel);
  connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
  connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
  for (const auto key : {Qt::Key_Return, Qt::Key_Enter}) {
    connect(new QShortcut(QKeySequence(Qt::CTRL | key), this), &QShortcut::activated, this, &QDialog::accept);
  }
  auto* form = new QFormLayout(this);
  form->addRow(tr("&Note"), m_note);
  form->addRow(tr("&Tags"), m_tags);
  form->addRow(buttons);
  resize(420, 260);
}

QString FavouriteNoteDialog::note() const {
  return m_note->toPlainText().left(kMostNote).trimmed();
}

QString FavouriteNoteDialog::tags() const {
  QStringList words = m_tags->text().simplified().split(' ', Qt::SkipEmptyParts);
  words.removeDuplicates();
  return words.join(' ');
}

}  // namespace loom
