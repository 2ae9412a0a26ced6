// Laid over a page while files are dragged above it: says that, and what, dropping would do.
#pragma once

#include <QMimeData>
#include <QWidget>
#include <filesystem>
#include <string>
#include <vector>

namespace loom {

class DropOverlay : public QWidget {
  Q_OBJECT
 public:
  explicit DropOverlay(QWidget* parent);
  void cover();  ///< shows itself over the whole parent

 protected:
  void paintEvent(QPaintEvent* event) override;
};

/// The files and folders of this machine that are being dragged; empty when there are none.
std::vector<std::filesystem::path> localPaths(const QMimeData& data);
/// The web addresses in what a browser hands over: dropped links, or a piece of a page.
std::vector<std::string> webAddresses(const QMimeData& data);

}  // namespace loom
