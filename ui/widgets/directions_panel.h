// The directions of a model as sliders: pinned ones first, then those that change the picture most.
#pragma once

#include <QStringList>
#include <QWidget>
#include <optional>
#include <span>
#include <vector>

#include "ui/widgets/direction_row.h"

class QLabel;
class QLineEdit;
class QPushButton;
class QScrollArea;
class QVBoxLayout;

namespace loom {

/// Shows directions and asks for changes; whoever owns them decides (and says so with setDirections). Usable alone.
class DirectionsPanel : public QWidget {
  Q_OBJECT
 public:
  explicit DirectionsPanel(QWidget* parent = nullptr);

  /// In any order. While a slider is held, or a name or value typed, the rows stay as they are until then; the focus
  /// follows its direction, and so do its pictures.
  void setDirections(std::vector<DirectionItem> items);
  /// Where the character stands on each; directions of another size are left alone. Emits nothing.
  void setLatent(std::span<const float> latent);
  /// A picture of the direction `key`, at kStripPositions[place].
  void setPicture(int key, int place, const QImage& picture);
  /// What is being done, or what went wrong and what to do about it; empty: nothing.
  void setMessage(const QString& text);
  /// What stands where there are no directions.
  void setPlaceholder(const QString& text);
  /// What can be learned from: tags, which the field completes; whether there are favourites.
  void setSources(const QStringList& tags, bool favourites);

  int rows() const { return static_cast<int>(m_rows.size()); }
  DirectionRow* row(int rank) const { return m_rows[static_cast<std::size_t>(rank)]; }
  bool inHand() const;

 Q_SIGNALS:
  void moved(int key, float position);
  void dragChanged(bool held);  ///< what lies between is one gesture
  void renamed(int key, const QString& name);
  void pinToggled(int key, bool pinned);
  void removeRequested(int key);
  void learnTagRequested(const QString& tag);
  void learnFavouritesRequested();

 private:
  QWidget* buildTagRow();
  void askForTag();
  void apply();
  void fitRows(std::size_t count);

  std::vector<DirectionRow*> m_rows;                 ///< by rank
  std::optional<std::vector<DirectionItem>> m_next;  ///< waits until nothing is in hand
  Latent m_latent;
  QPushButton* m_tagButton = nullptr;
  QPushButton* m_favouritesButton = nullptr;
  QWidget* m_tagRow = nullptr;  ///< while a tag is asked for
  QLineEdit* m_tag = nullptr;
  QLabel* m_message = nullptr;
  QLabel* m_placeholder = nullptr;
  QScrollArea* m_scroll = nullptr;
  QVBoxLayout* m_list = nullptr;
};

}  // namespace loom
