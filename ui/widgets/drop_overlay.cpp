#include "ui/widgets/drop_overlay.h"

#include <QPainter>
#include <QUrl>

#include "core/studio/studio.h"

namespace loom {

DropOverlay::DropOverlay(QWidget* parent) : QWidget(parent) {
  setObjectName("dropOverlay");
  setAttribute(Qt::WA_TransparentForMouseEvents);
  hide();
}

void DropOverlay::cover() {
  setGeometry(parentWidget()->rect());
  raise();
  show();
}

void DropOverlay::paintEvent(QPaintEvent* /*event*/) {
  QPainter painter(this);
  QColor veil = palette().color(QPalette::Window);
  veil.setAlpha(215);
  painter.fillRect(rect(), veil);
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setPen(QPen(palette().color(QPalette::Highlight), 3, Qt::DashLine));
  painter.drawRoundedRect(rect().adjusted(16, 16, -16, -16), 12, 12);
  QFont large = font();
  large.setPointSizeF(large.pointSizeF() * 1.8);
  large.setBold(true);
  painter.setFont(large);
  painter.setPen(palette().color(QPalette::Text));
  painter.drawText(rect(), Qt::AlignCenter, tr("Drop to import"));
}

std::vector<std::filesystem::path> localPaths(const QMimeData& data) {
  std::vector<std::filesystem::path> paths;
  const QList<QUrl> urls = data.urls();
  for (const QUrl& url : urls) {
    if (url.isLocalFile()) paths.emplace_back(url.toLocalFile().toStdString());
  }
  return paths;
}

std::vector<std::string> webAddresses(const QMimeData& data) {
  if (data.hasHtml()) {
    std::vector<std::string> found = addressesIn(data.html().toStdString());
    if (!found.empty()) return found;
  }
  return addressesIn(data.hasUrls() ? data.data("text/uri-list").toStdString() : data.text().toStdString());
}

}  // namespace loom
