#include "ui/pages/timelapse_dialog.h"

#include <QComboBox>
#include <QFormLayout>
#include <QLabel>
#include <QSettings>
#include <QSpinBox>

#include "ui/models/sprite_commands.h"
#include "ui/widgets/silence.h"

namespace loom {

struct TimelapseDialog::Impl {
  std::shared_ptr<const TrainingPictures> pictures;  ///< null: not looked at yet
  QComboBox* every = nullptr;
  QSpinBox *steps = nullptr, *characters = nullptr;
  QLabel* kept = nullptr;
};

TimelapseDialog::TimelapseDialog(Session& session, int run, QWidget* parent)
    : FilmDialog(session, {run, {}}, tr("The training of run %1 as a film").arg(run), tr("run-%1").arg(run), parent),
      m_impl(std::make_unique<Impl>()) {
  setObjectName("timelapseDialog");
  constexpr int kMostSteps = 100'000'000;
  m_impl->every = new QComboBox;
  m_impl->every->setObjectName("filmEvery");
  m_impl->every->addItems(
      {tr("Evenly spread, at most %1").arg(TimelapseOptions::kMostEven), tr("Every epoch"), tr("Every so many steps")});
  m_impl->every->setToolTip(tr("Which of the run's pictures become frames"));
  m_impl->steps = new QSpinBox;
  m_impl->steps->setObjectName("filmSteps");
  m_impl->steps->setRange(1, kMostSteps);
  m_impl->steps->setToolTip(tr("Steps from frame to frame; the picture nearest to each is shown"));
  m_impl->characters = new QSpinBox;
  m_impl->characters->setObjectName("filmCharacters");
  m_impl->characters->setRange(0, 10'000);
  m_impl->characters->setSpecialValueText(tr("all"));
  m_impl->characters->setToolTip(tr("Only the first characters of the pictures, in all their views"));
  m_impl->kept = new QLabel(tr("Looking at the run's pictures…"));
  m_impl->kept->setObjectName("filmKept");
  m_impl->kept->setWordWrap(true);
  subject().addRow(m_impl->kept);
  subject().addRow(tr("Show"), m_impl->every);
  subject().addRow(tr("Steps"), m_impl->steps);
  subject().addRow(tr("Characters"), m_impl->characters);

  const QSettings settings;
  m_impl->every->setCurrentIndex(std::clamp(settings.value("film/every", 0).toInt(), 0, 2));
  m_impl->steps->setValue(settings.value("film/steps", 100).toInt());
  m_impl->characters->setValue(settings.value("film/characters", 0).toInt());
  m_impl->steps->setEnabled(options().every == TimelapseOptions::Every::kSteps);
  connect(m_impl->every, &QComboBox::currentIndexChanged, this, [this] {
    m_impl->steps->setEnabled(options().every == TimelapseOptions::Every::kSteps);
    follow();
  });
  connect(m_impl->steps, &QSpinBox::valueChanged, this, &TimelapseDialog::follow);
  connect(m_impl->characters, &QSpinBox::valueChanged, this, &TimelapseDialog::follow);
  follow();
  look(run);
}

TimelapseDialog::~TimelapseDialog() {
  silence(*this, *this);
}

void TimelapseDialog::look(int run) {
  session().jobs().run(
      tr("Looking at the pictures of run %1").arg(run), this,
      [project = session().project(), run](JobMonitor&) {
        return std::make_shared<const TrainingPictures>(trainingPictures(project, project.catalogue().run(run)));
      },
      [this](const std::shared_ptr<const TrainingPictures>& found) {
        m_impl->pictures = found;
        const auto count = static_cast<qint64>(found->pictures.size());
        m_impl->kept->setText(tr("The run has kept %1, from step %2 to %3.")
                                  .arg(counted(count, tr("picture"), tr("pictures")))
                                  .arg(found->pictures.front().step)
                                  .arg(found->pictures.back().step));
        follow();
      },
      [this](const std::exception_ptr& error) {
        m_impl->kept->setText(tr("There is nothing to show."));
        say(errorText(error));
      });
}

TimelapseOptions TimelapseDialog::options() const {
  constexpr TimelapseOptions::Every kEvery[] = {TimelapseOptions::Every::kEven, TimelapseOptions::Every::kEpoch,
                                                TimelapseOptions::Every::kSteps};
  return {.every = kEvery[m_impl->every->currentIndex()],
          .steps = m_impl->steps->value(),
          .characters = m_impl->characters->value()};
}

std::optional<Film> TimelapseDialog::plan(const FilmOptions& film, AnimationFormat format) const {
  if (!m_impl->pictures) return std::nullopt;
  return planTimelapse(*m_impl->pictures, options(), film, format);
}

FilmDialog::Work TimelapseDialog::work(const FilmOptions& film) const {
  return
      [pictures = m_impl->pictures, options = options(), film](const std::filesystem::path& out, JobMonitor& monitor) {
        return writeTimelapse(*pictures, options, film, out, monitor);
      };
}

void TimelapseDialog::remember() const {
  QSettings settings;
  settings.setValue("film/every", m_impl->every->currentIndex());
  settings.setValue("film/steps", m_impl->steps->value());
  settings.setValue("film/characters", m_impl->characters->value());
}

}  // namespace loom
