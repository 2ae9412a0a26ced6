#include "ui/pages/walk_dialog.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFormLayout>
#include <QSettings>
#include <QSpinBox>

#include "core/base/error.h"
#include "core/base/limits.h"
#include "ui/widgets/silence.h"

namespace loom {
namespace {

ModelChoice choiceOf(Session& session) {
  const auto model = session.generator().model();
  if (!model) return {};
  return {model->run, model->step, model->run == 0 ? model->preset : std::string()};
}

/// As the generator would scale it: characters of two truncations meet on one walk.
Latent truncated(const CharacterState& character) {
  Latent latent = character.latent;
  for (float& value : latent) value *= static_cast<float>(character.truncation);
  return latent;
}

}  // namespace

struct WalkDialog::Impl {
  std::shared_ptr<const Model> model;
  std::vector<Latent> points;
  bool crispAlpha = true;
  QSpinBox* frames = nullptr;
  QComboBox *view = nullptr, *path = nullptr;
  QCheckBox *eased = nullptr, *loops = nullptr;
};

WalkDialog::WalkDialog(Session& session, const std::vector<CharacterState>& characters, QWidget* parent)
    : FilmDialog(session, choiceOf(session), tr("A walk from A to B as a film"), tr("walk"), parent),
      m_impl(std::make_unique<Impl>()) {
  setObjectName("walkDialog");
  m_impl->model = session.generator().model();
  for (const CharacterState& character : characters) {
    if (!m_impl->model || std::cmp_not_equal(character.latent.size(), m_impl->model->latentSize())) {
      throw Error("A and B do not belong to the model that is chosen", "choose theirs, or set A and B anew");
    }
    m_impl->points.push_back(truncated(character));
    m_impl->crispAlpha = character.crispAlpha;
  }
  build();
  follow();
}

WalkDialog::~WalkDialog() {
  silence(*this, *this);
}

void WalkDialog::build() {
  m_impl->frames = new QSpinBox;
  m_impl->frames->setObjectName("walkFrames");
  m_impl->frames->setRange(2, limits::kMaxFilmFrames);
  m_impl->frames->setToolTip(tr("How many characters are drawn on the way, both ends counted"));
  m_impl->view = new QComboBox;
  m_impl->view->setObjectName("walkView");
  m_impl->view->addItem(tr("All side by side"));
  if (m_impl->model->views.size() > 1) {
    for (const std::string& view : m_impl->model->views) m_impl->view->addItem(QString::fromStdString(view));
  }
  m_impl->path = new QComboBox;
  m_impl->path->setObjectName("walkPath");
  m_impl->path->addItems({tr("Along the arc"), tr("Straight")});
  m_impl->path->setToolTip(tr("The arc stays among typical characters; the straight way leads through blander ones"));
  m_impl->eased = new QCheckBox(tr("Slow at both ends"));
  m_impl->eased->setObjectName("walkEased");
  m_impl->loops = new QCheckBox(tr("Back to A in the end"));
  m_impl->loops->setObjectName("walkLoops");
  m_impl->loops->setToolTip(tr("So that it can be shown again and again without a jump"));
  subject().addRow(tr("Drawn"), m_impl->frames);
  subject().addRow(tr("View"), m_impl->view);
  subject().addRow(tr("Way"), m_impl->path);
  subject().addRow(QString(), m_impl->eased);
  subject().addRow(QString(), m_impl->loops);

  const QSettings settings;
  m_impl->frames->setValue(settings.value("walk/frames", 60).toInt());
  m_impl->path->setCurrentIndex(settings.value("walk/straight", false).toBool() ? 1 : 0);
  m_impl->eased->setChecked(settings.value("walk/eased", true).toBool());
  m_impl->loops->setChecked(settings.value("walk/loops", true).toBool());
  connect(m_impl->frames, &QSpinBox::valueChanged, this, &WalkDialog::follow);
  connect(m_impl->view, &QComboBox::currentIndexChanged, this, &WalkDialog::follow);
}

WalkFilm WalkDialog::walk() const {
  WalkFilm walk{.model = m_impl->model, .walk = {}, .frames = m_impl->frames->value(), .threads = 1};
  walk.walk = {.points = m_impl->points,
               .spherical = m_impl->path->currentIndex() == 0,
               .eased = m_impl->eased->isChecked(),
               .loops = m_impl->loops->isChecked()};
  if (m_impl->view->currentIndex() > 0) walk.view = m_impl->view->currentText().toStdString();
  walk.options.crispAlpha = m_impl->crispAlpha;
  return walk;
}

std::optional<Film> WalkDialog::plan(const FilmOptions& film, AnimationFormat format) const {
  return planWalk(walk(), film, format);
}

FilmDialog::Work WalkDialog::work(const FilmOptions& film) const {
  return [walk = walk(), film](const std::filesystem::path& out, JobMonitor& monitor) {
    return writeWalk(walk, film, out, monitor);
  };
}

void WalkDialog::remember() const {
  QSettings settings;
  settings.setValue("walk/frames", m_impl->frames->value());
  settings.setValue("walk/straight", m_impl->path->currentIndex() == 1);
  settings.setValue("walk/eased", m_impl->eased->isChecked());
  settings.setValue("walk/loops", m_impl->loops->isChecked());
}

}  // namespace loom
