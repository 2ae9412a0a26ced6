#include "ui/pages/pixel_grid_dialog.h"

#include <QCheckBox>
#include <QDialogButtonBox>
#include <QDoubleSpinBox>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QSettings>
#include <QVBoxLayout>

#include "core/base/error.h"
#include "ui/models/cleaning_commands.h"
#include "ui/widgets/grid_overlay_view.h"
#include "ui/widgets/silence.h"
#include "ui/widgets/sprite_canvas.h"
#include "ui/widgets/sprite_image.h"

namespace loom {

struct PixelGridDialog::Impl {
  Session& session;
  std::vector<SpriteId> ids;
  Sprite original = {};
  PixelGrid found = {};
  bool filling = false;

  GridOverlayView* overlay = nullptr;
  SpriteCanvas* result = nullptr;
  QLabel *state = nullptr, *size = nullptr;
  QDoubleSpinBox *scaleX = nullptr, *scaleY = nullptr, *offsetX = nullptr, *offsetY = nullptr;
  QCheckBox* square = nullptr;
  QPushButton* apply = nullptr;
};

PixelGridDialog::PixelGridDialog(Session& session, std::vector<SpriteId> ids, QWidget* parent)
    : QDialog(parent), m_impl(std::make_unique<Impl>(Impl{session, std::move(ids)})) {
  setObjectName("pixelGridDialog");
  setAttribute(Qt::WA_DeleteOnClose);
  setWindowTitle(tr("True pixel grid"));
  resize(920, 620);
  build();
  restoreGeometry(QSettings().value("pixelGridDialog/geometry").toByteArray());
  load();
}

PixelGridDialog::~PixelGridDialog() {
  QSettings().setValue("pixelGridDialog/geometry", saveGeometry());
  silence(*this, *this);
}

void PixelGridDialog::build() {
  m_impl->overlay = new GridOverlayView;
  m_impl->result = new SpriteCanvas;
  m_impl->result->setObjectName("gridResult");
  m_impl->result->setAccessibleName(tr("The sprite at its native size"));
  m_impl->state = new QLabel(tr("Reading…"));
  m_impl->state->setObjectName("gridState");
  m_impl->state->setWordWrap(true);
  m_impl->size = new QLabel;
  m_impl->size->setObjectName("gridSize");
  auto* form = new QGridLayout;
  const auto spin = [&](int row, const QString& title, const QString& name, double least, double most) {
    auto* made = new QDoubleSpinBox;
    made->setObjectName(name);
    made->setRange(least, most);
    made->setDecimals(3);
    made->setSingleStep(least < 1 ? 0.5 : 0.1);
    made->setAccessibleName(title);
    made->setSuffix(tr(" px"));
    auto* label = new QLabel(title);
    label->setBuddy(made);
    form->addWidget(label, row, 0);
    form->addWidget(made, row, 1);
    connect(made, &QDoubleSpinBox::valueChanged, this, &PixelGridDialog::showGrid);
    return made;
  };
  constexpr double kMostScale = 512;
  m_impl->scaleX = spin(0, tr("One pixel across"), "gridScaleX", 1, kMostScale);
  m_impl->scaleY = spin(1, tr("One pixel down"), "gridScaleY", 1, kMostScale);
  m_impl->square = new QCheckBox(tr("Square pixels"));
  m_impl->square->setObjectName("gridSquare");
  m_impl->square->setChecked(true);
  form->addWidget(m_impl->square, 2, 1);
  m_impl->offsetX = spin(3, tr("Cut off at the left"), "gridOffsetX", 0, kMostScale);
  m_impl->offsetY = spin(4, tr("Cut off at the top"), "gridOffsetY", 0, kMostScale);
  const auto button = [](const QString& text, const QString& name, const QString& tip) {
    auto* made = new QPushButton(text);
    made->setObjectName(name);
    made->setToolTip(tip);
    made->setAutoDefault(false);
    return made;
  };
  auto* find = button(tr("Find"), "findGridButton", tr("Back to what was found in the picture"));
  auto* none = button(tr("Native"), "noGridButton", tr("The picture is at its native size: leave it as it is"));
  connect(find, &QPushButton::clicked, this, &PixelGridDialog::find);
  connect(none, &QPushButton::clicked, this, [this] { setGrid({}, tr("Left at its own size.")); });
  auto* lines = new QCheckBox(tr("Show the grid"));
  lines->setChecked(true);
  connect(lines, &QCheckBox::toggled, m_impl->overlay, &GridOverlayView::setShown);

  auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel);
  m_impl->apply = buttons->addButton(tr("Apply"), QDialogButtonBox::AcceptRole);
  m_impl->apply->setObjectName("applyGridButton");
  m_impl->apply->setProperty("primary", true);
  m_impl->apply->setEnabled(false);
  connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
  connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);

  auto* side = new QVBoxLayout;
  side->addWidget(m_impl->state);
  side->addLayout(form);
  auto* tools = new QHBoxLayout;
  tools->addWidget(find);
  tools->addWidget(none);
  side->addLayout(tools);
  side->addWidget(lines);
  side->addWidget(m_impl->result, 1);
  side->addWidget(m_impl->size);
  auto* columns = new QHBoxLayout;
  columns->addWidget(m_impl->overlay, 1);
  columns->addLayout(side);
  auto* layout = new QVBoxLayout(this);
  layout->addLayout(columns, 1);
  layout->addWidget(buttons);
}

void PixelGridDialog::load() {
  struct Loaded {
    Sprite original;
    PixelGrid grid;
  };
  m_impl->session.jobs().run(
      tr("Looking for the pixel grid"), this,
      [project = m_impl->session.project(), id = m_impl->ids.front()](JobMonitor&) {
        Loaded loaded{project.catalogue().originalPixels(id), {}};
        loaded.grid = findPixelGrid(loaded.original);
        return loaded;
      },
      [this](Loaded loaded) {
        m_impl->original = std::move(loaded.original);
        m_impl->found = loaded.grid;
        m_impl->overlay->setPicture(toImage(m_impl->original));
        m_impl->overlay->fit();
        m_impl->apply->setEnabled(true);
        find();
      },
      [this](const std::exception_ptr& error) { m_impl->state->setText(errorText(error).what); });
}

void PixelGridDialog::find() {
  const PixelGrid& grid = m_impl->found;
  setGrid(grid, grid.found() ? tr("Found (%1): one pixel takes %2 × %3, %4 % sure.")
                                   .arg(QString::fromStdString(gridKindName(grid.kind)))
                                   .arg(grid.scaleX)
                                   .arg(grid.scaleY)
                                   .arg(qRound(100 * grid.confidence))
                             : tr("No enlargement was found: the picture seems to be at its native size."));
}

void PixelGridDialog::setGrid(const PixelGrid& grid, const QString& text) {
  m_impl->filling = true;
  m_impl->square->setChecked(grid.scaleX == grid.scaleY);
  m_impl->scaleX->setValue(grid.scaleX);
  m_impl->scaleY->setValue(grid.scaleY);
  m_impl->offsetX->setValue(-grid.offsetX);
  m_impl->offsetY->setValue(-grid.offsetY);
  m_impl->filling = false;
  m_impl->state->setText(text);
  showGrid();
}

PixelGrid PixelGridDialog::grid() const {
  const double x = m_impl->scaleX->value();
  const double y = m_impl->square->isChecked() ? x : m_impl->scaleY->value();
  if (x <= 1 && y <= 1) return {};
  const auto near = [](double a, double b) { return std::abs(a - b) < 1e-3; };
  const PixelGrid& found = m_impl->found;
  // Rounded to what the fields show, the grid found would lose its exact scale.
  const bool same = found.found() && near(x, found.scaleX) && near(y, found.scaleY) &&
                    near(m_impl->offsetX->value(), -found.offsetX) && near(m_impl->offsetY->value(), -found.offsetY);
  if (same) return found;
  const GridKind kind = found.found() ? found.kind : GridKind::kExact;
  return pixelGrid(x, y, -m_impl->offsetX->value(), -m_impl->offsetY->value(), kind);
}

void PixelGridDialog::showGrid() {
  if (m_impl->filling || m_impl->original.empty()) return;
  m_impl->scaleY->setEnabled(!m_impl->square->isChecked());
  try {
    const PixelGrid now = grid();
    m_impl->overlay->setLines(now.found() ? gridColumns(now, m_impl->original.width()) : std::vector<int>(),
                              now.found() ? gridRows(now, m_impl->original.height()) : std::vector<int>());
    const Sprite native = now.found() ? undoUpscaling(m_impl->original, now) : m_impl->original;
    m_impl->result->setSprite(native);
    m_impl->size->setText(tr("%1 × %2 px becomes %3 × %4 px")
                              .arg(m_impl->original.width())
                              .arg(m_impl->original.height())
                              .arg(native.width())
                              .arg(native.height()));
  } catch (const Error& error) {
    m_impl->state->setText(QString::fromUtf8(error.what()));
  }
}

void PixelGridDialog::accept() {
  const PixelGrid now = grid();
  const Json step = {{"name", "upscaling"}, {"settings", upscalingSettings(now)}};
  replaySteps(m_impl->session, m_impl->ids, tr("pixel grid"), [step, undone = now.found()](const Json& present) {
    Json steps = Json::array();
    if (undone) steps.push_back(step);
    for (const Json& old : present) {
      if (old.value("name", "") != "upscaling") steps.push_back(old);
    }
    return steps;
  });
  QDialog::accept();
}

}  // namespace loom
