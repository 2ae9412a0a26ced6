// The pictures of a web page, to be picked from.
#pragma once

#include <QTableWidget>
#include <vector>

#include "core/studio/studio.h"

namespace loom {

/// Usable alone. Pictures with a problem cannot be picked. Space picks or drops the selected rows.
class PagePictures : public QTableWidget {
  Q_OBJECT
 public:
  explicit PagePictures(QWidget* parent = nullptr);

  /// All of them picked.
  void setPictures(std::vector<WebPicture> pictures);
  /// The same picture with more known about it; `row` as given to setPictures. Nothing when it is another one.
  void measured(int row, const WebPicture& picture);
  void pickAll(bool picked);

  const std::vector<WebPicture>& pictures() const { return m_pictures; }
  std::vector<WebPicture> picked() const;
  std::vector<int> unmeasured() const;  ///< rows of which neither size nor problem is known

 Q_SIGNALS:
  void pickedChanged();

 protected:
  void keyPressEvent(QKeyEvent* event) override;

 private:
  enum Column { kPicture, kSize, kBytes, kShows, kColumns };
  void showRow(int row);
  bool canBePicked(int row) const;
  std::vector<WebPicture> m_pictures;
  bool m_filling = false;
};

}  // namespace loom
