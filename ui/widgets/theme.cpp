#include "ui/widgets/theme.h"

#include <QApplication>
#include <QFile>
#include <QPainter>
#include <QPalette>
#include <QPixmap>
#include <QProxyStyle>
#include <QStyleFactory>
#include <QStyleOption>
#include <QSvgRenderer>

// A static library's resources are dropped by the linker unless somebody asks for them, outside any namespace.
static void initialiseResources() {
  Q_INIT_RESOURCE(resources);
}

namespace loom {
namespace {

struct Colours {
  QRgb window, base, alternate, button, midlight, mid, text, muted, highlight, onHighlight, link;
};
constexpr Colours kDark{0xff2a2d34, 0xff23262c, 0xff1f2126, 0xff363a43, 0xff3b404a, 0xff454a55,
                        0xffe4e6ea, 0xff8d94a1, 0xffe0a84a, 0xff1d1f24, 0xff6fc3c3};
constexpr Colours kLight{0xfff1f1ee, 0xffffffff, 0xffe7e7e3, 0xffe9e9e5, 0xffdcdcd6, 0xffbfbfb8,
                         0xff23262c, 0xff74787f, 0xffb9791a, 0xffffffff, 0xff217a7a};

QPalette paletteOf(const Colours& colours) {
  QPalette palette;
  const auto set = [&](QPalette::ColorRole role, QRgb colour) { palette.setColor(role, QColor(colour)); };
  set(QPalette::Window, colours.window);
  set(QPalette::WindowText, colours.text);
  set(QPalette::Base, colours.base);
  set(QPalette::AlternateBase, colours.alternate);
  set(QPalette::Text, colours.text);
  set(QPalette::PlaceholderText, colours.muted);
  set(QPalette::Button, colours.button);
  set(QPalette::ButtonText, colours.text);
  set(QPalette::BrightText, 0xffff6b5e);
  set(QPalette::Light, colours.midlight);
  set(QPalette::Midlight, colours.midlight);
  set(QPalette::Mid, colours.mid);
  set(QPalette::Dark, colours.alternate);
  set(QPalette::Shadow, 0xff101114);
  set(QPalette::Highlight, colours.highlight);
  set(QPalette::HighlightedText, colours.onHighlight);
  set(QPalette::Link, colours.link);
  set(QPalette::ToolTipBase, colours.alternate);
  set(QPalette::ToolTipText, colours.text);
  for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText}) {
    palette.setColor(QPalette::Disabled, role, QColor(colours.muted));
  }
  palette.setColor(QPalette::Disabled, QPalette::Highlight, QColor(colours.mid));
  return palette;
}

/// Fusion draws the frame of an empty box in a shade of the window's colour, which a dark window hides.
class VisibleBoxes : public QProxyStyle {
 public:
  VisibleBoxes() : QProxyStyle(QStyleFactory::create("Fusion")) {}
  void drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter,
                     const QWidget* widget) const override {
    QProxyStyle::drawPrimitive(element, option, painter, widget);
    const bool round = element == PE_IndicatorRadioButton;
    if (!round && element != PE_IndicatorCheckBox && element != PE_IndicatorItemViewItemCheck) return;
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing, round);
    painter->setBrush(Qt::NoBrush);
    painter->setPen(option->palette.color(QPalette::PlaceholderText));
    const QRectF frame = QRectF(option->rect).adjusted(.5, .5, -.5, -.5);
    round ? painter->drawEllipse(frame.adjusted(.5, .5, -.5, -.5)) : painter->drawRect(frame);
    painter->restore();
  }
};

}  // namespace

void applyTheme(QApplication& app, Theme theme) {
  initialiseResources();
  QApplication::setStyle(new VisibleBoxes);
  QApplication::setPalette(paletteOf(theme == Theme::kDark ? kDark : kLight));
  QFile sheet(":/style/common.qss");
  if (sheet.open(QIODevice::ReadOnly)) app.setStyleSheet(QString::fromUtf8(sheet.readAll()));
}

QIcon themedIcon(const QString& name) {
  initialiseResources();
  QFile file(":/icons/" + name + ".svg");
  if (!file.open(QIODevice::ReadOnly)) return {};
  QByteArray text = file.readAll();
  text.replace("#c8ccd4", QApplication::palette().color(QPalette::Text).name().toLatin1());
  QSvgRenderer renderer(text);
  QIcon icon;
  for (const int side : {16, 24, 32, 48, 64}) {
    QPixmap pixmap(side, side);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    renderer.render(&painter);
    icon.addPixmap(pixmap);
  }
  return icon;
}

}  // namespace loom
