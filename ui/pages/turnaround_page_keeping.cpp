// What becomes of a character that was turned round: the data set, a favourite, files; and that it is there tomorrow.
#include <QFileDialog>
#include <QLocale>
#include <QSettings>
#include <utility>

#include "ui/models/favourite_commands.h"
#include "ui/pages/turnaround_page_impl.h"

namespace loom {
namespace {

constexpr const char* kKey = "turnaround";  ///< of the project's small things

}  // namespace

SheetCharacter TurnaroundPage::Impl::character() const {
  SheetCharacter all;
  all.name = editor.draft().name.empty() ? tr("Turnaround").toStdString() : editor.draft().name;
  for (int view = 0; model != nullptr && std::cmp_less(view, model->views.size()); ++view) {
    Sprite sprite = lookOf(view).sprite;
    if (!sprite.empty()) all.views.emplace_back(model->views[static_cast<std::size_t>(view)], std::move(sprite));
  }
  return all;
}

QString TurnaroundPage::Impl::madeBy() const {
  const QString step = QString::number(model->step);
  return model->run > 0 ? tr("turnaround of run %1, step %2").arg(model->run).arg(step)
                        : tr("turnaround, step %1").arg(step);
}

void TurnaroundPage::Impl::addToDataSet() {
  if (!session.hasProject() || model == nullptr) return;
  NewCharacter added{.pictures = character(), .origins = editor.draft().origins, .source = madeBy().toStdString()};
  if (added.pictures.views.empty()) return;
  adding = true;
  session.bringIn(
      tr("Adding the character"), tr("turnaround of %1").arg(QString::fromStdString(added.pictures.name)),
      [added](const Project& project, JobMonitor& monitor) { return addCharacter(project, added, monitor); });
}

void TurnaroundPage::Impl::keep() {
  const SheetCharacter all = character();
  CharacterLook look;
  for (const auto& [view, sprite] : all.views) {
    look.views.push_back(view);
    look.sprites.push_back(sprite);
  }
  if (look.empty()) return;
  look.run = model->run;
  if (model->run == 0) look.starter = model->preset;
  look.step = model->step;
  const QString called = QString::fromStdString(all.name);
  keepFavourite(session, look, called, "front");
  session.say(tr("%1 is among the favourites, with %2 views.").arg(called).arg(look.views.size()),
              tr("They are on the Create page, and can be exported as a sheet."));
}

void TurnaroundPage::Impl::savePictures() {
  auto* dialog = new QFileDialog(&page, tr("A folder for the pictures: VIEW/NAME.png"),
                                 QSettings().value("turnaroundFolder").toString());
  dialog->setObjectName("saveViewsDialog");
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->setFileMode(QFileDialog::Directory);
  dialog->setOption(QFileDialog::ShowDirsOnly);
  connect(dialog, &QFileDialog::fileSelected, &page, [this](const QString& folder) {
    QSettings().setValue("turnaroundFolder", folder);
    if (!session.hasProject() || model == nullptr) return;
    session.jobs().run(
        tr("Saving the views"), &page,
        [all = std::vector{character()}, origins = editor.draft().origins,
         out = std::filesystem::path(folder.toStdString()), project = session.project(),
         model = model](JobMonitor& monitor) {
          const RunInfo run = runOrStarter(project.catalogue(), model->run, model->preset);
          const auto files = saveCharacters(all, out, false, monitor);
          saveCreditsBeside(out / files.front().filename(), creditsForTurned(project, run, origins));
          return files;
        },
        [this, folder](const std::vector<std::filesystem::path>& files) {
          session.say(tr("%1 pictures are in %2.").arg(files.size()).arg(folder));
        });
  });
  dialog->open();
}

void TurnaroundPage::Impl::load() {
  TurnaroundDraft draft;
  try {
    if (session.hasProject()) {
      const Json kept = session.catalogue().value(kKey);
      if (kept.is_object()) draft = draftFromJson(kept);
    }
  } catch (const Error& error) {
    say(error);
  }
  editor.begin(std::move(draft));
  saving.stop();  // it is what the project has
}

void TurnaroundPage::Impl::save() {
  saving.stop();
  if (!session.hasProject()) return;
  try {
    session.catalogue().setValue(kKey, toJson(editor.draft()));
  } catch (const Error& error) {
    say(error);
  }
}

}  // namespace loom
