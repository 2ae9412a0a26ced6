// Every key of the studio, page by page: what Help > Keyboard shows.
#pragma once

#include <QDialog>
#include <QString>
#include <QStringList>
#include <vector>

class QLineEdit;
class QTreeWidget;

namespace loom {

struct KeyHint {
  QStringList keys;  ///< "Ctrl+R" as QKeySequence writes it portably, or words ("arrow keys")
  QString what;
};
struct KeyGroup {
  QString title;  ///< the page, or where on it
  std::vector<KeyHint> hints;
};
std::vector<KeyGroup> keyboardMap();

/// The map with a field to look for a key or a deed. It may stay open beside the work.
class KeyboardMapDialog : public QDialog {
  Q_OBJECT
 public:
  /// Opened at the group whose title begins with `page`; all others are there too.
  explicit KeyboardMapDialog(const QString& page, QWidget* parent = nullptr);

 private:
  void fill(const QString& page);
  void filter(const QString& text);

  QLineEdit* m_text;
  QTreeWidget* m_keys;
};

}  // namespace loom
