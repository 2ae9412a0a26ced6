// What there is to say of a favourite: a note of any length, and tags.
#pragma once

#include <QDialog>

#include "core/studio/studio.h"

class QLineEdit;
class QPlainTextEdit;

namespace loom {

/// Deletes itself when it is closed.
class FavouriteNoteDialog : public QDialog {
  Q_OBJECT
 public:
  explicit FavouriteNoteDialog(const Favourite& favourite, QWidget* parent = nullptr);

  QString note() const;
  QString tags() const;  ///< words separated by one space each, none twice

 private:
  QPlainTextEdit* m_note;
  QLineEdit* m_tags;
};

}  // namespace loom
