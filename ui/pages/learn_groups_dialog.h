// Chooses two groups of favourites to learn a direction from: those that have something and those that have not.
#pragma once

#include <QDialog>
#include <vector>

#include "core/studio/studio.h"

class QComboBox;
class QDialogButtonBox;
class QLabel;
class QLineEdit;
class QTreeWidget;

namespace loom {

class LearnGroupsDialog : public QDialog {
  Q_OBJECT
 public:
  /// Favourites of one model.
  explicit LearnGroupsDialog(std::vector<Favourite> favourites, QWidget* parent = nullptr);

  QString name() const;
  std::vector<Latent> with() const { return group(kWith); }
  std::vector<Latent> without() const { return group(kWithout); }

 private:
  static constexpr int kWith = 1, kWithout = 2;  ///< entries of the boxes; the first is neither
  QComboBox* sideBox(const QString& favourite);
  void updateState();
  std::vector<Latent> group(int side) const;

  std::vector<Favourite> m_favourites;
  QLineEdit* m_name = nullptr;
  QTreeWidget* m_list = nullptr;
  std::vector<QComboBox*> m_sides;  ///< by favourite
  QLabel* m_missing = nullptr;
  QDialogButtonBox* m_buttons = nullptr;
};

}  // namespace loom
