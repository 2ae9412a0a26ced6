// The characters an artist kept, as small pictures: click loads, F2 renames, Del removes.
#pragma once

#include <QListWidget>
#include <cstdint>
#include <vector>

#include "core/studio/studio.h"

namespace loom {

/// Shows favourites and asks for changes; whoever owns them decides. Usable alone.
class FavouritesTray : public QListWidget {
  Q_OBJECT
 public:
  explicit FavouritesTray(QWidget* parent = nullptr);

  void setFavourites(const std::vector<Favourite>& favourites);
  std::vector<std::int64_t> selectedFavourites() const;

 Q_SIGNALS:
  void loadRequested(qint64 id);
  void renameRequested(qint64 id, const QString& name);
  void removeRequested(const std::vector<qint64>& ids);

 protected:
  void keyPressEvent(QKeyEvent* event) override;
  void contextMenuEvent(QContextMenuEvent* event) override;
  void paintEvent(QPaintEvent* event) override;

 private:
  void askToRemove();
};

/// The picture a favourite is known by: the view it was kept in, else the front, else the first.
Sprite favouritePicture(const Favourite& favourite);

}  // namespace loom
