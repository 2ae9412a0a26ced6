// The tray of favourites with what chooses among them: a collection, and words of name, tags or note.
#pragma once

#include <QWidget>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/studio/studio.h"

class QComboBox;
class QLineEdit;
class QToolButton;

namespace loom {

class FavouritesTray;

/// Shows favourites and asks for changes; whoever owns them decides. Usable alone.
class FavouritesShelf : public QWidget {
  Q_OBJECT
 public:
  explicit FavouritesShelf(QWidget* parent = nullptr);

  /// Loading, renaming, removing and putting in order are asked for by the tray itself.
  FavouritesTray& tray() { return *m_tray; }

  void setFavourites(const std::vector<Favourite>& favourites);
  /// Another project: all are shown.
  void restart();
  /// Where a new favourite goes: the collection that is shown; empty: into none.
  std::string collection() const;

 Q_SIGNALS:
  void collectRequested(const std::vector<qint64>& ids, const QString& collection);  ///< empty: into none
  void collectionRenameRequested(const QString& before, const QString& after);
  void collectionDeleteRequested(const QString& name);  ///< its favourites stay, in none
  void noteRequested(qint64 id, const QString& note, const QString& tags);

 private:
  QWidget* buildChooser();
  QStringList collections() const;
  void fillChooser();
  void choose(int index);
  void showCollection(const std::optional<QString>& collection);
  void showChosen();
  bool isShown(const Favourite& favourite) const;
  void offerCollections(const QPoint& at);
  void askName(const QString& title, const QString& name, const std::function<void(const QString&)>& then);
  void editNote(qint64 id);

  QComboBox* m_chooser = nullptr;
  QToolButton* m_change = nullptr;
  QLineEdit* m_filter = nullptr;
  FavouritesTray* m_tray = nullptr;
  std::vector<Favourite> m_favourites;
  QStringList m_made;              ///< collections that may have nothing in them yet
  std::optional<QString> m_shown;  ///< nothing: all; empty: those in no collection
};

}  // namespace loom
