// From a drawing to a character: opened, dropped or pasted on the create page.
#include <QClipboard>
#include <QDragEnterEvent>
#include <QDropEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QGuiApplication>
#include <QInputDialog>
#include <QMimeData>
#include <QSettings>
#include <algorithm>
#include <cstddef>
#include <span>

#include "core/base/error.h"
#include "core/image/codec.h"
#include "ui/models/favourite_commands.h"
#include "ui/pages/create_page_impl.h"
#include "ui/pages/create_stage.h"
#include "ui/pages/find_dialog.h"
#include "ui/pages/model_chooser.h"
#include "ui/widgets/drop_overlay.h"
#include "ui/widgets/sprite_image.h"

namespace loom {
namespace {

const QString kPngType = QStringLiteral("image/png");

}  // namespace

void CreatePage::Impl::chooseDrawing() {
  auto* dialog = new QFileDialog(&page, tr("A picture to start from"), QSettings().value("importFolder").toString());
  dialog->setObjectName("drawingDialog");
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->setFileMode(QFileDialog::ExistingFile);
  dialog->setNameFilters(
      {tr("Pictures (*.png *.jpg *.jpeg *.bmp *.gif *.webp *.aseprite *.ase)"), tr("All files (*)")});
  connect(dialog, &QFileDialog::fileSelected, &page, [this](const QString& file) {
    QSettings().setValue("importFolder", QFileInfo(file).absolutePath());
    findFile(file.toStdString());
  });
  dialog->open();
}

void CreatePage::Impl::findFile(const std::filesystem::path& file) {
  struct Read {
    Sprite picture;
    std::vector<CharacterOrigin> origins;
  };
  session.jobs().run(
      tr("Reading the picture"), &page,
      [file](JobMonitor& /*monitor*/) {
        return Read{readImage(file), originsOf(file)};
      },
      [this](const Read& read) { openMade(read.origins, read.picture); });
}

void CreatePage::Impl::paste() {
  const QMimeData* data = QGuiApplication::clipboard()->mimeData();
  if (data == nullptr) return;
  const QByteArray png = data->data(kPngType);
  const auto bytes = std::as_bytes(std::span(png.constData(), static_cast<std::size_t>(png.size())));
  openMade(originsOf(bytes), fromImage(QGuiApplication::clipboard()->image()));
}

/// A picture of ours is opened as it was made; of several characters one is chosen first. Any other, and one of another
/// project, is what a character is looked for that comes near it.
void CreatePage::Impl::openMade(const std::vector<CharacterOrigin>& origins, const Sprite& picture) {
  if (origins.empty() || !session.hasProject()) return find(picture);
  if (origins.size() == 1) {
    if (!goOnFrom(origins.front())) find(picture);
    return;
  }
  auto* dialog = new QInputDialog(&page);
  dialog->setObjectName("madeDialog");
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->setWindowTitle(tr("Open as it was made"));
  dialog->setLabelText(tr("This picture shows %1 characters. Go on from:").arg(origins.size()));
  QStringList names;
  for (const CharacterOrigin& origin : origins) {
    names.append(tr("%1: %2").arg(names.size() + 1).arg(QString::fromStdString(origin.made.name)));
  }
  dialog->setComboBoxItems(names);
  connect(dialog, &QInputDialog::textValueSelected, &page, [this, origins, names](const QString& chosen) {
    const auto index = static_cast<std::size_t>(std::max<qsizetype>(0, names.indexOf(chosen)));
    goOnFrom(origins[index]);
  });
  dialog->open();
}

/// False, and it has been said why, where what made it is not here.
bool CreatePage::Impl::goOnFrom(const CharacterOrigin& origin) {
  const CharacterLook look = lookOf(origin.made);
  const QString name = QString::fromStdString(origin.made.name);
  if (!isFromHere(origin, session.catalogue())) {
    session.say(tr("%1 was made by run %2 of another project.").arg(name).arg(look.run),
                tr("Open it in that project to go on from it; here the nearest character is looked for."));
    return false;
  }
  std::optional<ModelChoice> choice = chooser->choiceThatDrew(look);
  const bool same = choice.has_value();
  if (const auto nearest = chooser->nearestCheckpoint(look.run, look.step); !same && nearest) {
    choice = ModelChoice{look.run, *nearest};
  }
  if (!choice) {
    session.say(tr("The weights that made %1 are not kept.").arg(name), tr("The nearest character is looked for."));
    return false;
  }
  editor.load(look.state, tr("open %1 as it was made").arg(name), chooser->choice(), *choice);
  stage->showNow();
  if (same) {
    session.say(tr("%1, as it was made.").arg(name));
  } else {
    session.say(tr("The weights of step %1 that made %2 are not kept: it is drawn with those of step %3.")
                    .arg(look.step)
                    .arg(name)
                    .arg(choice->step.value_or(0)));
  }
  return true;
}

void CreatePage::Impl::find(const Sprite& picture) {
  if (model == nullptr || picture.empty()) return;
  const auto view = std::max<std::ptrdiff_t>(0, std::ranges::find(model->views, "front") - model->views.begin());
  const int index = std::cmp_less(view, model->views.size()) ? static_cast<int>(view) : 0;
  auto* dialog = new FindDialog(session, model, picture, index, &page);
  connect(dialog, &FindDialog::found, &page, [this](const Latent& latent) {
    CharacterState next = editor.state();
    next.latent = latent;
    next.truncation = 1;
    next.colours.clear();
    editor.load(next, tr("from a picture"));
  });
  dialog->open();
}

void CreatePage::dragEnterEvent(QDragEnterEvent* event) {
  if (m_impl->model == nullptr) return;
  const std::vector<std::filesystem::path> files = localPaths(*event->mimeData());
  const bool one = files.size() == 1 && !Project::isProject(files.front());
  if (one || event->mimeData()->hasImage()) event->acceptProposedAction();
}

void CreatePage::dropEvent(QDropEvent* event) {
  const std::vector<std::filesystem::path> files = localPaths(*event->mimeData());
  event->acceptProposedAction();
  if (!files.empty()) {
    m_impl->findFile(files.front());
  } else {
    m_impl->find(fromImage(qvariant_cast<QImage>(event->mimeData()->imageData())));
  }
}

}  // namespace loom
