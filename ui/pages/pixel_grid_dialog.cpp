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
#include <algorithm>
#include <cmath>

#include "core/base/settings.h"
#include "ui/bridge/newest_work.h"
#include "ui/bridge/stoppable.h"
#include "ui/models/cleaning_commands.h"
#include "ui/models/sprite_commands.h"
#include "ui/widgets/grid_overlay_view.h"
#include "ui/widgets/job_strip.h"
#include "ui/widgets/silence.h"
#include "ui/widgets/sprite_image.h"

namespace loom {

struct PixelGridDialog::Impl {
  Impl(Session& of, std::vector<SpriteId> sprites) : session(of), ids(std::move(sprites)) {}

  Session& session;
  std::vector<SpriteId> ids;
  std::shared_ptr<const Sprite> original = {};
  PixelGrid found = {};
  bool filling = false;

  GridOverlayView *overlay = nullptr, *result = nullptr;
  QLabel *state = nullptr, *size = nullptr;
  QDoubleSpinBox *scaleX = nullptr, *scaleY = nullptr, *offsetX = nullptr, *offsetY = nullptr;
  QCheckBox *square = nullptr, *each = nullptr;
  QWidget* form = nullptr;
  QPushButton *findButton = nullptr, *none = nullptr, *apply = nullptr;
  NewestWork work;  // last: ends before what it shows things on
};

PixelGridDialog::PixelGridDialog(Session& session, std::vector<SpriteId> ids, QWidget* parent)
    : QDialog(parent), m_impl(std::make_unique<Impl>(session, std::move(ids))) {
  setObjectName("pixelGridDialog");
  setAttribute(Qt::WA_DeleteOnClose);
  setWindowTitle(tr("True pixel grid"));
  resize(1000, 640);
  build();
  restoreGeometry(QSettings().value("pixelGridDialog/geometry").toByteArray());
  load();
}

PixelGridDialog::~PixelGridDialog() {
  QSettings().setValue("pixelGridDialog/geometry", saveGeometry());
  silence(*this, *this);
}

// Building

void PixelGridDialog::build() {
  m_impl->overlay = new GridOverlayView;
  m_impl->overlay->setToolTip(tr("The picture as it came. Wheel: zoom · drag: move · double click or 0: fit"));
  auto* lines = new QCheckBox(tr("Show the grid"));
  lines->setObjectName("gridLines");
  lines->setChecked(true);
  connect(lines, &QCheckBox::toggled, m_impl->overlay, &GridOverlayView::setShown);
  auto* left = new QVBoxLayout;
  left->addWidget(m_impl->overlay, 1);
  left->addWidget(lines);
  auto* columns = new QHBoxLayout;
  columns->addLayout(left, 1);
  columns->addLayout(buildSide());

  auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel);
  const auto count = static_cast<qint64>(m_impl->ids.size());
  m_impl->apply = buttons->addButton(
      count == 1 ? tr("Apply") : tr("Apply to %1").arg(counted(count, tr("sprite"), tr("sprites"))),
      QDialogButtonBox::AcceptRole);
  m_impl->apply->setObjectName("applyGridButton");
  m_impl->apply->setProperty("primary", true);
  m_impl->apply->setEnabled(false);
  connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
  connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
  auto* bottom = new QHBoxLayout;
  bottom->addWidget(new JobStrip(m_impl->session.jobs()), 1);
  bottom->addWidget(buttons);
  auto* layout = new QVBoxLayout(this);
  layout->addLayout(columns, 1);
  layout->addLayout(bottom);
}

QVBoxLayout* PixelGridDialog::buildSide() {
  constexpr int kSideWidth = 300;
  m_impl->state = new QLabel(tr("Reading…"));
  m_impl->state->setObjectName("gridState");
  m_impl->state->setWordWrap(true);
  m_impl->state->setFixedWidth(kSideWidth);
  m_impl->form = new QWidget;
  m_impl->form->setEnabled(false);
  auto* form = new QGridLayout(m_impl->form);
  form->setContentsMargins(0, 0, 0, 0);
  m_impl->scaleX = buildField(form, 0, tr("One pixel across"), "gridScaleX", 1);
  m_impl->scaleY = buildField(form, 1, tr("One pixel down"), "gridScaleY", 1);
  m_impl->square = new QCheckBox(tr("Square pixels"));
  m_impl->square->setObjectName("gridSquare");
  m_impl->square->setToolTip(tr("True pixels are as high as wide"));
  m_impl->square->setChecked(true);
  connect(m_impl->square, &QCheckBox::toggled, this, &PixelGridDialog::gridEdited);
  form->addWidget(m_impl->square, 2, 1);
  m_impl->offsetX = buildField(form, 3, tr("Cut off at the left"), "gridOffsetX", 0);
  m_impl->offsetY = buildField(form, 4, tr("Cut off at the top"), "gridOffsetY", 0);
  for (QDoubleSpinBox* offset : {m_impl->offsetX, m_impl->offsetY}) {
    offset->setToolTip(tr("How much of the first true pixel a crop has taken away"));
  }
  const auto button = [this](const QString& text, const QString& name, const QString& tip) {
    auto* made = new QPushButton(text);
    made->setObjectName(name);
    made->setToolTip(tip);
    made->setAutoDefault(false);
    return made;
  };
  m_impl->findButton = button(tr("As found"), "findGridButton", tr("Back to what was found in the picture"));
  m_impl->none = button(tr("Native"), "noGridButton", tr("The picture is at its native size: leave it as it is"));
  connect(m_impl->findButton, &QPushButton::clicked, this, &PixelGridDialog::find);
  connect(m_impl->none, &QPushButton::clicked, this, [this] { setGrid({}, tr("Left at its own size.")); });
  auto* tools = new QHBoxLayout;
  tools->addWidget(m_impl->findButton);
  tools->addWidget(m_impl->none);
  form->addLayout(tools, 5, 0, 1, 2);
  m_impl->each = new QCheckBox(tr("Find each sprite's own grid"));
  m_impl->each->setObjectName("gridEach");
  m_impl->each->setToolTip(tr("Instead of this grid for all; where none is sure, a sprite is left as it is"));
  m_impl->each->setVisible(m_impl->ids.size() > 1);
  connect(m_impl->each, &QCheckBox::toggled, m_impl->form, &QWidget::setDisabled);

  m_impl->result = new GridOverlayView;
  m_impl->result->setObjectName("gridResult");
  m_impl->result->setAccessibleName(tr("The sprite at its native size"));
  m_impl->result->setToolTip(tr("What it becomes. Wheel: zoom · drag: move · double click or 0: fit"));
  m_impl->result->setFixedWidth(kSideWidth);
  m_impl->size = new QLabel;
  m_impl->size->setObjectName("gridSize");
  auto* side = new QVBoxLayout;
  side->addWidget(m_impl->state);
  side->addWidget(m_impl->form);
  side->addWidget(m_impl->each);
  side->addWidget(m_impl->result, 1);
  side->addWidget(m_impl->size);
  return side;
}

QDoubleSpinBox* PixelGridDialog::buildField(QGridLayout* form, int row, const QString& title, const QString& name,
                                            double least) {
  constexpr double kMostScale = 512;
  auto* made = new QDoubleSpinBox;
  made->setObjectName(name);
  made->setRange(least, kMostScale);
  made->setDecimals(3);
  made->setSingleStep(least < 1 ? 0.5 : 0.1);
  made->setAccessibleName(title);
  made->setSuffix(tr(" px"));
  auto* label = new QLabel(title);
  label->setBuddy(made);
  form->addWidget(label, row, 0);
  form->addWidget(made, row, 1);
  connect(made, &QDoubleSpinBox::valueChanged, this, &PixelGridDialog::gridEdited);
  return made;
}

// Finding

void PixelGridDialog::load() {
  struct Loaded {
    std::shared_ptr<const Sprite> original;
    QImage image;
    PixelGrid grid;
  };
  m_impl->session.jobs().run(
      tr("Looking for the pixel grid"), this,
      stoppable([project = m_impl->session.project(), id = m_impl->ids.front()](JobMonitor& monitor) {
        monitor.begin("Looking for the pixel grid", 0);
        Loaded loaded{std::make_shared<const Sprite>(project.catalogue().originalPixels(id)), {}, {}};
        loaded.image = toImage(*loaded.original);
        loaded.grid = findPixelGrid(*loaded.original);
        return loaded;
      }),
      [this](std::optional<Loaded> loaded) {
        if (!loaded) return reject();
        m_impl->original = std::move(loaded->original);
        m_impl->found = loaded->grid;
        m_impl->overlay->setPicture(loaded->image);
        m_impl->overlay->fit();
        m_impl->form->setEnabled(!m_impl->each->isChecked());
        m_impl->apply->setEnabled(true);
        find();
      },
      [this](const std::exception_ptr& error) { m_impl->state->setText(told(errorText(error))); });
}

void PixelGridDialog::find() {
  const PixelGrid& grid = m_impl->found;
  if (!grid.found()) return setGrid({}, tr("No enlargement was found: the picture seems to be at its native size."));
  const QString text = tr("Found (%1): one true pixel takes %2 × %3 px, %4 % sure.")
                           .arg(QString::fromStdString(gridKindName(grid.kind)),
                                QString::fromStdString(numberText(std::round(grid.scaleX * 1000) / 1000)),
                                QString::fromStdString(numberText(std::round(grid.scaleY * 1000) / 1000)))
                           .arg(qRound(100 * grid.confidence));
  setGrid(grid, grid.confidence >= kSureGrid ? text : text + tr(" Too unsure to be undone unasked: look at it."));
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
  askResult();
}

void PixelGridDialog::gridEdited() {
  if (m_impl->filling || !m_impl->original) return;
  if (m_impl->square->isChecked()) {
    m_impl->filling = true;
    m_impl->scaleY->setValue(m_impl->scaleX->value());
    m_impl->filling = false;
  }
  m_impl->state->setText(tr("Given by hand."));
  askResult();
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
  PixelGrid given = pixelGrid(x, y, -m_impl->offsetX->value(), -m_impl->offsetY->value(), kind);
  given.filter = found.filter;
  return given;
}

void PixelGridDialog::askResult() {
  if (!m_impl->original) return;
  m_impl->scaleY->setEnabled(!m_impl->square->isChecked());
  m_impl->work.ask([this, original = m_impl->original, grid = grid()]() -> NewestWork::Show {
    std::vector<int> columns, rows;
    if (grid.found()) {
      columns = gridColumns(grid, original->width());
      rows = gridRows(grid, original->height());
    }
    QImage image;
    QString text;
    try {
      const Sprite native = grid.found() ? undoUpscaling(*original, grid) : *original;
      image = toImage(native);
      text = tr("%1 × %2 px becomes %3 × %4 px").arg(original->width()).arg(original->height()).arg(native.width()).arg(
          native.height());
    } catch (const std::exception&) {
      text = told(errorText(std::current_exception()));
    }
    return [this, columns, rows, image, text] {
      m_impl->overlay->setLines(columns, rows);
      m_impl->result->setPicture(image);
      m_impl->result->fit();
      m_impl->size->setText(text);
      m_impl->apply->setEnabled(!image.isNull());
    };
  });
}

void PixelGridDialog::accept() {
  Json step = {{"name", "upscaling"}, {"settings", Json::object()}};  // found for each
  bool undone = true;
  if (!m_impl->each->isChecked()) {
    const PixelGrid now = grid();
    step["settings"] = upscalingSettings(now);
    undone = now.found();
  }
  Session& session = m_impl->session;
  replaySteps(
      session, m_impl->ids, tr("pixel grid"),
      [step, undone](const Json& present) {
        Json steps = Json::array();
        if (undone) steps.push_back(step);
        for (const Json& old : present) {
          if (old.value("name", "") != "upscaling") steps.push_back(old);
        }
        return steps;
      },
      [&session](const CleaningReport& report) {
        const QString what = counted(report.changed, tr("sprite"), tr("sprites"));
        session.say(report.changed > 0 ? tr("The pixel grid of %1 was changed.").arg(what) : tr("Nothing changed."),
                    report.changed > 0 ? tr("Ctrl+Z takes it back.") : QString());
      });
  QDialog::accept();
}

}  // namespace loom
