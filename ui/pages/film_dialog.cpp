#include "ui/pages/film_dialog.h"

#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QVBoxLayout>
#include <algorithm>

#include "core/base/error.h"
#include "ui/bridge/stoppable.h"
#include "ui/models/sprite_commands.h"
#include "ui/widgets/film_form.h"
#include "ui/widgets/job_strip.h"
#include "ui/widgets/silence.h"

namespace loom {
namespace {

QString writingTitle() {
  return FilmDialog::tr("Writing a film");
}

/// Of a run that is gone nobody is known.
std::string creditsOf(const Project& project, const ModelChoice& model) {
  try {
    return creditsForRun(project, runOrStarter(project.catalogue(), model.run, model.starter));
  } catch (const Error&) {
    return {};
  }
}

void checkFree(const std::vector<std::filesystem::path>& files) {
  const auto isThere = [](const std::filesystem::path& file) { return std::filesystem::exists(file); };
  const auto first = std::ranges::find_if(files, isThere);
  if (first == files.end()) return;
  const auto others = std::ranges::count_if(files, isThere) - 1;
  const std::string more = others > 0 ? " and " + std::to_string(others) + " more" : "";
  throw Error(first->string() + more + " would be replaced", "choose another name, or allow it to be replaced");
}

}  // namespace

struct FilmDialog::Impl {
  Impl(Session& of, ModelChoice choice) : session(of), model(std::move(choice)) {}

  Session& session;
  ModelChoice model;
  bool writing = false;
  QWidget* subject = nullptr;
  QFormLayout* rows = nullptr;
  FilmForm* form = nullptr;
  QLabel *size = nullptr, *state = nullptr;
  QPushButton* write = nullptr;
};

FilmDialog::FilmDialog(Session& session, const ModelChoice& model, const QString& title, const QString& file,
                       QWidget* parent)
    : QDialog(parent), m_impl(std::make_unique<Impl>(session, model)) {
  setAttribute(Qt::WA_DeleteOnClose);
  setWindowTitle(title);
  m_impl->subject = new QWidget;
  m_impl->rows = new QFormLayout(m_impl->subject);
  m_impl->rows->setContentsMargins(0, 0, 0, 0);
  m_impl->form = new FilmForm(file);
  m_impl->size = new QLabel;
  m_impl->size->setObjectName("filmSize");
  m_impl->size->setAccessibleName(tr("What the film will be"));
  m_impl->state = new QLabel;
  m_impl->state->setObjectName("filmState");
  m_impl->state->setWordWrap(true);
  auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel);
  m_impl->write = buttons->addButton(tr("Write"), QDialogButtonBox::AcceptRole);
  m_impl->write->setObjectName("filmWriteButton");
  m_impl->write->setToolTip(tr("Write the film to this file"));
  m_impl->write->setProperty("primary", true);
  auto* layout = new QVBoxLayout(this);
  layout->addWidget(m_impl->subject);
  layout->addWidget(m_impl->form);
  layout->addWidget(m_impl->size);
  layout->addWidget(m_impl->state);
  layout->addStretch();
  layout->addWidget(new JobStrip(session.jobs()));
  layout->addWidget(buttons);
  connect(buttons, &QDialogButtonBox::accepted, this, &FilmDialog::accept);
  connect(buttons, &QDialogButtonBox::rejected, this, &FilmDialog::reject);
  connect(m_impl->form, &FilmForm::changed, this, &FilmDialog::follow);
  resize(520, sizeHint().height());
}

FilmDialog::~FilmDialog() {
  silence(*this, *this);
}

QFormLayout& FilmDialog::subject() {
  return *m_impl->rows;
}

FilmForm& FilmDialog::form() {
  return *m_impl->form;
}

Session& FilmDialog::session() {
  return m_impl->session;
}

void FilmDialog::say(const ErrorText& error) {
  m_impl->state->setText(told(error));
}

void FilmDialog::follow() {
  m_impl->subject->setEnabled(!m_impl->writing);
  m_impl->form->setEnabled(!m_impl->writing);
  if (m_impl->writing) return m_impl->write->setEnabled(false);
  std::optional<Film> film;
  m_impl->state->clear();
  try {
    checkAnimationFormat(m_impl->form->format());
    film = plan(m_impl->form->options(), m_impl->form->format());
  } catch (const Error&) {
    say(errorText(std::current_exception()));
  }
  const QLocale locale;
  m_impl->size->setText(!film ? QString()
                              : tr("%1, %2 s, %3 × %4 pixels (%5×)")
                                    .arg(counted(film->frames, tr("frame"), tr("frames")))
                                    .arg(locale.toString(film->seconds, 'f', 1))
                                    .arg(film->width)
                                    .arg(film->height)
                                    .arg(film->scale));
  m_impl->write->setEnabled(film && !m_impl->form->out().empty());
}

void FilmDialog::accept() {
  if (!m_impl->write->isEnabled()) return;
  const std::filesystem::path out = m_impl->form->out();
  try {
    animationFormatOf(out);
    if (!m_impl->form->mayReplace()) checkFree(files(out));
  } catch (const std::exception&) {
    return say(errorText(std::current_exception()));
  }
  m_impl->form->remember();
  remember();
  m_impl->writing = true;
  m_impl->state->setText(tr("Writing…"));
  follow();
  const auto stopped = [this](const QString& text) {
    m_impl->writing = false;
    follow();
    m_impl->state->setText(text);
  };
  m_impl->session.jobs().run(
      writingTitle(), this,
      stoppable([work = work(m_impl->form->options()), out, model = m_impl->model,
                 project = m_impl->session.project()](JobMonitor& monitor) {
        const Film film = work(out, monitor);
        if (!model.none()) saveCreditsBeside(out, creditsOf(project, model));
        return film;
      }),
      [this, stopped, out](const std::optional<Film>& film) {
        if (!film) return stopped(tr("Stopped; nothing was written."));
        m_impl->session.say(written(*film, out));
        QDialog::accept();
      },
      [stopped](const std::exception_ptr& error) { stopped(told(errorText(error))); });
}

QString FilmDialog::written(const Film& film, const std::filesystem::path& out) const {
  return tr("%1 written to %2.")
      .arg(counted(film.frames, tr("frame"), tr("frames")))
      .arg(QString::fromStdString(out.string()));
}

void FilmDialog::reject() {
  JobRunner& jobs = m_impl->session.jobs();
  if (m_impl->writing && jobs.currentTitle() == writingTitle()) jobs.cancel();
  QDialog::reject();
}

}  // namespace loom
