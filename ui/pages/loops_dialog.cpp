#include "ui/pages/loops_dialog.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFormLayout>
#include <QLabel>
#include <QLocale>
#include <QSettings>
#include <QSpinBox>

#include "core/base/error.h"
#include "core/base/limits.h"
#include "ui/models/sprite_commands.h"
#include "ui/widgets/film_form.h"
#include "ui/widgets/silence.h"

namespace loom {

struct LoopsDialog::Impl {
  std::shared_ptr<const SheetCast> cast;
  std::shared_ptr<LoopFilms> films = std::make_shared<LoopFilms>();  ///< as they were written
  std::optional<LoopPlan> planned;  ///< of the choices as they are; none: nothing loops
  QComboBox *kind = nullptr, *animation = nullptr, *together = nullptr;
  QSpinBox* time = nullptr;
  QCheckBox* endless = nullptr;
  QLabel* found = nullptr;
};

LoopsDialog::LoopsDialog(Session& session, std::shared_ptr<const SheetCast> cast, const QString& name, QWidget* parent)
    : FilmDialog(session, {}, tr("Characters as animations"), name, parent), m_impl(std::make_unique<Impl>()) {
  setObjectName("loopsDialog");
  m_impl->cast = std::move(cast);
  build();
  restore();
  form().hideRate();
  for (QComboBox* box : {m_impl->kind, m_impl->animation, m_impl->together}) {
    connect(box, &QComboBox::currentIndexChanged, this, &LoopsDialog::adopt);
  }
  connect(m_impl->time, &QSpinBox::valueChanged, this, &LoopsDialog::adopt);
  adopt();
}

LoopsDialog::~LoopsDialog() {
  silence(*this, *this);
}

void LoopsDialog::build() {
  m_impl->kind = new QComboBox;
  m_impl->kind->setObjectName("loopKind");
  m_impl->kind->addItems({tr("The turn, through all views"), tr("Animations (walk, run, …)")});
  m_impl->kind->setToolTip(
      tr("What goes round: the views of a character as the angle dial has them, or the frames of "
         "its animations"));
  m_impl->animation = new QComboBox;
  m_impl->animation->setObjectName("loopAnimation");
  m_impl->animation->setToolTip(tr("All animations, or one of them"));
  m_impl->animation->addItem(tr("All"));
  for (const std::string& name : loopAnimations(m_impl->cast->characters)) {
    m_impl->animation->addItem(QString::fromStdString(name), QString::fromStdString(name));
  }
  m_impl->together = new QComboBox;
  m_impl->together->setObjectName("loopTogether");
  m_impl->together->setToolTip(tr("Several files are named FILE-CHARACTER, or FILE-CHARACTER-ANIMATION-VIEW"));
  m_impl->together->addItems({tr("A file each"), tr("All side by side in one")});
  m_impl->time = new QSpinBox;
  m_impl->time->setObjectName("loopTime");
  m_impl->time->setRange(limits::kMinFrameMilliseconds, limits::kMaxFrameMilliseconds);
  m_impl->time->setSingleStep(10);
  m_impl->time->setSuffix(tr(" ms"));
  m_impl->time->setToolTip(tr("For how long the turn shows each view; frames of animations have times of their own"));
  m_impl->endless = new QCheckBox(tr("Start again at the end"));
  m_impl->endless->setObjectName("loopEndless");
  m_impl->endless->setToolTip(tr("Off: it plays once. Of an MP4 the player decides"));
  m_impl->found = new QLabel;
  m_impl->found->setObjectName("loopFound");
  m_impl->found->setAccessibleName(tr("What is written"));
  m_impl->found->setWordWrap(true);
  subject().addRow(tr("Show"), m_impl->kind);
  subject().addRow(tr("Animation"), m_impl->animation);
  subject().addRow(tr("Characters"), m_impl->together);
  subject().addRow(tr("Time a view"), m_impl->time);
  subject().addRow(QString(), m_impl->endless);
  subject().addRow(m_impl->found);
}

/// Where nobody turns but somebody moves, that is proposed.
void LoopsDialog::restore() {
  const QSettings settings;
  m_impl->kind->setCurrentIndex(std::clamp(settings.value("film/loopKind", 0).toInt(), 0, 1));
  m_impl->together->setCurrentIndex(std::clamp(settings.value("film/loopTogether", 0).toInt(), 0, 1));
  m_impl->time->setValue(settings.value("film/loopTime", LoopOptions::kUsual).toInt());
  m_impl->endless->setChecked(settings.value("film/loopEndless", true).toBool());
  const int chosen = m_impl->kind->currentIndex();
  for (const int kind : {chosen, 1 - chosen}) {
    m_impl->kind->setCurrentIndex(kind);
    try {
      planLoops(m_impl->cast->characters, options());
      return;
    } catch (const Error&) {  // said by adopt() where neither is possible
    }
  }
  m_impl->kind->setCurrentIndex(chosen);
}

LoopOptions LoopsDialog::options() const {
  LoopOptions options{.kind = m_impl->kind->currentIndex() == 0 ? LoopKind::kTurn : LoopKind::kAnimation,
                      .together = m_impl->together->currentIndex() == 1,
                      .viewMilliseconds = m_impl->time->value(),
                      .endless = m_impl->endless->isChecked()};
  if (options.kind == LoopKind::kAnimation) {
    options.animation = m_impl->animation->currentData().toString().toStdString();
  }
  return options;
}

void LoopsDialog::adopt() {
  const bool turn = options().kind == LoopKind::kTurn;
  m_impl->animation->setEnabled(!turn);
  m_impl->time->setEnabled(turn);
  m_impl->planned.reset();
  m_impl->found->clear();
  try {
    m_impl->planned = planLoops(m_impl->cast->characters, options());
    QString text = m_impl->planned->loops.size() == 1
                       ? tr("One film.")
                       : tr("%1 films. Size and length below are those of the largest and the longest.")
                             .arg(QLocale().toString(static_cast<qlonglong>(m_impl->planned->loops.size())));
    if (const int left = m_impl->planned->leftOut; left > 0) {
      text = (turn ? tr("Left out for want of a second view: %1. ") : tr("Left out for want of an animation: %1. "))
                 .arg(counted(left, tr("character"), tr("characters"))) +
             text;
    }
    m_impl->found->setText(text);
  } catch (const Error&) {  // said by follow(), which asks plan()
  }
  follow();
}

std::optional<Film> LoopsDialog::plan(const FilmOptions& film, AnimationFormat format) const {
  if (m_impl->planned) return largestLoop(*m_impl->planned, film, format);
  return largestLoop(planLoops(m_impl->cast->characters, options()), film, format);  // throws, and says why
}

FilmDialog::Work LoopsDialog::work(const FilmOptions& film) const {
  return [cast = m_impl->cast, films = m_impl->films, planned = *m_impl->planned, options = options(), film](
             const std::filesystem::path& out, JobMonitor& monitor) {
    *films = writeLoops(cast->characters, planned, options, film, out, monitor);
    saveCreditsBeside(out, cast->credits);
    return largestLoop(planned, film, animationFormatOf(out));
  };
}

void LoopsDialog::remember() const {
  QSettings settings;
  settings.setValue("film/loopKind", m_impl->kind->currentIndex());
  settings.setValue("film/loopTogether", m_impl->together->currentIndex());
  settings.setValue("film/loopTime", m_impl->time->value());
  settings.setValue("film/loopEndless", m_impl->endless->isChecked());
}

std::vector<std::filesystem::path> LoopsDialog::files(const std::filesystem::path& out) const {
  return loopFiles(*m_impl->planned, out);
}

QString LoopsDialog::written(const Film& film, const std::filesystem::path& out) const {
  const std::vector<std::filesystem::path>& files = m_impl->films->files;
  QString text = FilmDialog::written(film, out);
  if (files.size() > 1) {
    text = tr("%1 and %2 written to %3.")
               .arg(QString::fromStdString(files.front().filename().string()))
               .arg(counted(static_cast<qint64>(files.size()) - 1, tr("more film"), tr("more films")))
               .arg(QString::fromStdString(out.parent_path().string()));
  }
  const QString warning = QString::fromStdString(colourWarning(*m_impl->films));
  return warning.isEmpty() ? text : text + " " + warning.left(1).toUpper() + warning.mid(1) + ".";
}

}  // namespace loom
