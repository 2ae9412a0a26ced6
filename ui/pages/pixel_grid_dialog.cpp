#include "ui/pages/pixel_grid_dialog.h"

#include <QSettings>
#include <algorithm>
#include <cmath>

#include "core/base/settings.h"
#include "ui/bridge/stoppable.h"
#include "ui/models/cleaning_commands.h"
#include "ui/models/sprite_commands.h"
#include "ui/pages/pixel_grid_dialog_impl.h"
#include "ui/widgets/job_strip.h"
#include "ui/widgets/silence.h"
#include "ui/widgets/sprite_image.h"

namespace loom {

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
  const QString text = tr("Found (%1): one true pixel takes %2 × %3 px, %4 % sure.")
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
      text = tr("%1 × %2 px becomes %3 × %4 px")
                 .arg(original->width())
                 .arg(original->height())
                 .arg(native.width())
                 .arg(native.height());
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
