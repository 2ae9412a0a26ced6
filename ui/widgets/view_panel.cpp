#include "ui/widgets/view_panel.h"

#include <QDragEnterEvent>
#include <QDropEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QMenu>
#include <QMimeData>
#include <QPainter>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>
#include <numeric>

#include "ui/models/sprite_model.h"
#include "ui/widgets/confidence_map.h"
#include "ui/widgets/drop_overlay.h"
#include "ui/widgets/view_canvas.h"

namespace loom {
namespace {

constexpr float kGuess = .5F;

QString titled(const QString& text) {
  return text.left(1).toUpper() + text.mid(1);
}

}  // namespace

QString confidenceText(const std::vector<float>& confidence) {
  if (confidence.empty()) return {};
  const double mean =
      std::accumulate(confidence.begin(), confidence.end(), 0.0) / static_cast<double>(confidence.size());
  const auto guesses = std::ranges::count_if(confidence, [](float sure) { return sure < kGuess; });
  return QObject::tr("%1 % sure, %2 px under half").arg(std::lround(100 * mean)).arg(QLocale().toString(guesses));
}

ViewPanel::ViewPanel(const std::string& view, const std::string& opposite, QWidget* parent)
    : QFrame(parent), m_view(view), m_state(new QLabel), m_pictures(new QStackedWidget), m_canvas(new ViewCanvas) {
  const QString name = QString::fromStdString(view);
  setObjectName("panel-" + name);
  setAccessibleName(tr("%1 view").arg(titled(viewTitle(view))));
  setAcceptDrops(true);
  m_canvas->setObjectName("canvas-" + name);
  m_canvas->setAccessibleName(tr("%1 view, picture").arg(titled(viewTitle(view))));
  m_state->setObjectName("muted");
  m_state->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
  auto* title = new QLabel("<b>" + titled(viewTitle(view)).toHtmlEscaped() + "</b>");
  auto* caption = new QHBoxLayout;
  caption->addWidget(title);
  caption->addWidget(m_state, 1);
  m_pictures->addWidget(buildEmpty());
  m_pictures->addWidget(m_canvas);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(6, 4, 6, 6);
  layout->setSpacing(4);
  layout->addLayout(caption);
  layout->addWidget(m_pictures, 1);
  buildButtons(opposite);
  setLook(ViewLook());
}

QWidget* ViewPanel::buildEmpty() {
  auto* words =
      new QLabel(tr("Drop a picture of this view here.\n\nOr paste one, open a file, choose a sprite of the "
                    "data set, or draw it: the button below."));
  words->setObjectName("muted");
  words->setWordWrap(true);
  words->setAlignment(Qt::AlignCenter);
  words->setMargin(12);
  words->setMinimumHeight(96);
  return words;
}

void ViewPanel::buildButtons(const std::string& opposite) {
  auto* row = new QHBoxLayout;
  row->setSpacing(4);
  static_cast<QVBoxLayout*>(layout())->addLayout(row);
  m_give = new QToolButton;
  m_give->setObjectName("give-" + QString::fromStdString(m_view));
  m_give->setText(tr("Give ▾"));
  m_give->setToolTip(tr("Give this view: from a file, the clipboard or the data set, or draw it"));
  m_give->setPopupMode(QToolButton::InstantPopup);
  auto* menu = new QMenu(m_give);
  const auto entry = [&](const QString& text, const char* name, Deed deed) {
    QAction* action = menu->addAction(text, this, [this, deed] { Q_EMIT asked(deed); });
    action->setObjectName(name);
  };
  entry(tr("Open a picture…"), "openAction", Deed::kOpen);
  entry(tr("Paste"), "pasteAction", Deed::kPaste);
  entry(tr("From the data set…"), "dataSetAction", Deed::kDataSet);
  entry(tr("Draw it from nothing"), "drawAction", Deed::kDraw);
  m_give->setMenu(menu);
  row->addWidget(m_give);
  if (!opposite.empty()) {
    m_mirror = addButton(tr("Mirror"), "mirror-",
                         tr("Give this view as the exact mirror picture of the %1 one").arg(viewTitle(opposite)),
                         Deed::kMirror);
    row->addWidget(m_mirror);
  }
  m_accept = addButton(tr("Use as given"), "accept-",
                       tr("Take the drawn view as it is: the others then follow from it too"), Deed::kAccept);
  m_clear = addButton({}, "clear-", {}, Deed::kClear);
  row->addWidget(m_accept);
  row->addStretch();
  row->addWidget(m_clear);
}

QToolButton* ViewPanel::addButton(const QString& text, const char* name, const QString& tip, Deed deed) {
  auto* button = new QToolButton;
  button->setText(text);
  button->setObjectName(name + QString::fromStdString(m_view));
  button->setToolTip(tip);
  connect(button, &QToolButton::clicked, this, [this, deed] { Q_EMIT asked(deed); });
  return button;
}

void ViewPanel::setLook(const ViewLook& look) {
  using Kind = ViewLook::Kind;
  m_look = look;
  const bool drawn = look.kind == Kind::kDrawn;
  const bool given = look.kind == Kind::kGiven || look.kind == Kind::kAccepted;
  m_pictures->setCurrentIndex(look.sprite.empty() ? 0 : 1);
  look.sprite.empty() ? m_canvas->clear() : m_canvas->setSprite(look.sprite);
  m_canvas->setMarks(look.decided);
  showOverlay();
  m_state->setText(stateText());
  m_accept->setVisible(drawn);
  m_clear->setVisible(given || !look.decided.empty());
  m_clear->setText(given ? tr("Clear") : tr("Forget"));
  m_clear->setToolTip(given ? tr("Take this view away: it is drawn from the others then")
                            : tr("Forget the pixels decided here: the view is drawn freely again"));
  if (m_mirror != nullptr) m_mirror->setEnabled(look.oppositeThere);
  update();
}

QString ViewPanel::stateText() const {
  switch (m_look.kind) {
    case ViewLook::Kind::kGiven:
      return tr("given");
    case ViewLook::Kind::kAccepted:
      return tr("drawn, used as given");
    case ViewLook::Kind::kDrawn:
      return confidenceText(m_look.confidence);
    case ViewLook::Kind::kEmpty:
      break;
  }
  return {};
}

void ViewPanel::setConfidenceShown(bool shown) {
  m_confidence = shown;
  showOverlay();
}

void ViewPanel::showOverlay() {
  const QSize size(m_look.sprite.width(), m_look.sprite.height());
  const bool there = m_confidence && !m_look.confidence.empty();
  m_canvas->setOverlay(there ? confidenceMap(m_look.confidence, size) : QImage());
}

void ViewPanel::setDropping(bool dropping) {
  m_dropping = dropping;
  update();
}

void ViewPanel::dragEnterEvent(QDragEnterEvent* event) {
  if (localPaths(*event->mimeData()).empty() && !event->mimeData()->hasImage()) return;
  event->acceptProposedAction();
  setDropping(true);
}

void ViewPanel::dragLeaveEvent(QDragLeaveEvent* /*event*/) {
  setDropping(false);
}

void ViewPanel::dropEvent(QDropEvent* event) {
  setDropping(false);
  const std::vector<std::filesystem::path> files = localPaths(*event->mimeData());
  event->acceptProposedAction();
  if (!files.empty()) {
    Q_EMIT filesDropped(files);
  } else if (event->mimeData()->hasImage()) {
    Q_EMIT pictureDropped(qvariant_cast<QImage>(event->mimeData()->imageData()));
  }
}

void ViewPanel::paintEvent(QPaintEvent* event) {
  QFrame::paintEvent(event);
  QPainter painter(this);
  const bool given = m_look.kind == ViewLook::Kind::kGiven || m_look.kind == ViewLook::Kind::kAccepted;
  const QColor edge = palette().color(m_dropping ? QPalette::Link : given ? QPalette::Highlight : QPalette::Mid);
  painter.setPen(QPen(edge, m_dropping ? 3 : 1, m_look.sprite.empty() ? Qt::DashLine : Qt::SolidLine));
  painter.drawRect(rect().adjusted(1, 1, -2, -2));
}

}  // namespace loom
