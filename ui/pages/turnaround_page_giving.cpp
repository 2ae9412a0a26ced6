// The ways in which a view of a character is given: files, the clipboard, the data set, a mirror, an empty canvas.
#include <QClipboard>
#include <QFileDialog>
#include <QFileInfo>
#include <QGuiApplication>
#include <QMimeData>
#include <QSettings>
#include <algorithm>
#include <utility>

#include "ui/pages/sprite_picker.h"
#include "ui/pages/turnaround_page_impl.h"
#include "ui/widgets/drop_overlay.h"
#include "ui/widgets/sprite_image.h"

namespace loom {
namespace {

/// Where a picture goes of which nobody knows what it shows.
std::string frontOf(const std::vector<std::string>& views) {
  const auto front = std::ranges::find(views, "front");
  return front != views.end() ? *front : views.front();
}

}  // namespace

void TurnaroundPage::Impl::perform(const std::string& view, ViewPanel::Deed deed) {
  using Deed = ViewPanel::Deed;
  const auto lookAt = [this](const std::string& wanted) {
    return lookOf(static_cast<int>(std::ranges::find(model->views, wanted) - model->views.begin()));
  };
  switch (deed) {
    case Deed::kOpen:
      return openPicture(view);
    case Deed::kPaste:
      return paste(view);
    case Deed::kDataSet:
      return chooseFromDataSet(view);
    case Deed::kDraw:
      return drawFromNothing(view);
    case Deed::kMirror:
      return editor.mirror(view, lookAt(mirroredView(view)).sprite);
    case Deed::kAccept:
      return editor.accept(view, lookAt(view).sprite);
    case Deed::kClear:
      return editor.release(view);
  }
}

void TurnaroundPage::Impl::openPicture(const std::string& view) {
  auto* dialog = new QFileDialog(&page, tr("A picture of the character"), QSettings().value("importFolder").toString());
  dialog->setObjectName("viewFileDialog");
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->setFileMode(QFileDialog::ExistingFiles);
  dialog->setNameFilters(
      {tr("Pictures (*.png *.jpg *.jpeg *.bmp *.gif *.webp *.aseprite *.ase)"), tr("All files (*)")});
  connect(dialog, &QFileDialog::filesSelected, &page, [this, view](const QStringList& files) {
    if (files.isEmpty()) return;
    QSettings().setValue("importFolder", QFileInfo(files.front()).absolutePath());
    std::vector<std::filesystem::path> paths;
    for (const QString& file : files) paths.emplace_back(file.toStdString());
    giveFiles(view, paths);
  });
  dialog->open();
}

void TurnaroundPage::Impl::paste(const std::string& view) {
  const QMimeData* data = QGuiApplication::clipboard()->mimeData();
  const std::vector<std::filesystem::path> files =
      data != nullptr ? localPaths(*data) : std::vector<std::filesystem::path>();
  if (!files.empty()) return giveFiles(view, files);
  if (data != nullptr && data->hasImage()) return givePicture(view, qvariant_cast<QImage>(data->imageData()));
  session.say(tr("There is no picture on the clipboard."), tr("Copy one in another program first."));
}

void TurnaroundPage::Impl::chooseFromDataSet(const std::string& view) {
  if (!session.hasProject()) return;
  auto* picker = new SpritePicker(session, &page);
  connect(picker, &SpritePicker::picked, &page,
          [this, view](const std::vector<SpriteId>& ids) { giveSprites(view, ids); });
  picker->open();
}

void TurnaroundPage::Impl::drawFromNothing(const std::string& view) {
  const PixelRect& content = model->content;
  const bool whole = content.width <= 0 || content.height <= 0;
  Sprite blank(whole ? model->side() : content.width, whole ? model->side() : content.height);
  for (const auto& [name, given] : editor.draft().given) blank = Sprite(given.sprite.width(), given.sprite.height());
  editor.give(view, blank);
}

void TurnaroundPage::Impl::giveFiles(const std::string& view, const std::vector<std::filesystem::path>& files) {
  if (model == nullptr) return;
  session.jobs().run(
      tr("Reading pictures"), &page, [files](JobMonitor& monitor) { return readViewPictures(files, monitor); },
      [this, view](std::vector<ViewPicture> pictures) { give(view, std::move(pictures), {}); });
}

void TurnaroundPage::Impl::givePicture(const std::string& view, const QImage& picture) {
  if (model == nullptr) return;
  if (picture.isNull()) return session.say(tr("The picture could not be read."));
  session.jobs().run(
      tr("Taking a picture in"), &page, [picture](JobMonitor&) { return atNativeSize(fromImage(picture)); },
      [this, view](Sprite sprite) {
        give(view, {{.character = {}, .view = std::string(kAnyView), .sprite = std::move(sprite)}}, {});
      });
}

void TurnaroundPage::Impl::giveSprites(const std::string& view, const std::vector<SpriteId>& ids) {
  if (!session.hasProject() || model == nullptr) return;
  try {
    const std::vector<SpriteInfo> infos = session.catalogue().sprites(ids);
    std::vector<ViewPicture> pictures;
    std::vector<SpriteId> origins;
    for (const SpriteInfo& info : infos) {
      if (info.character != infos.front().character) continue;  // a character is turned round at a time
      pictures.push_back({info.character, info.view, session.catalogue().pixels(info.id)});
      origins.push_back(info.id);
    }
    give(view, std::move(pictures), origins);
  } catch (const Error& error) {
    say(error);
  }
}

/// Another character than the one that was turned round so far: nothing of that stays.
void TurnaroundPage::Impl::giveAwaited() {
  if (model == nullptr || awaited.empty()) return;
  session.undoStack().beginMacro(tr("turn a character round"));
  editor.startOver();
  giveSprites({}, std::exchange(awaited, {}));
  session.undoStack().endMacro();
}

/// Each picture is of the view that it is said to show; one alone is of `view`, where that was pointed at.
void TurnaroundPage::Impl::give(const std::string& view, std::vector<ViewPicture> pictures,
                                const std::vector<SpriteId>& origins) {
  if (model == nullptr || pictures.empty()) return;
  for (ViewPicture& picture : pictures) {
    const bool known = std::ranges::find(model->views, picture.view) != model->views.end();
    if (pictures.size() == 1 && !view.empty()) {
      picture.view = view;
    } else if (!known) {
      picture.view = view.empty() ? frontOf(model->views) : view;
    }
    const Sprite fitted = fittedToModel(picture.sprite, model->side());
    if (fitted.width() != picture.sprite.width() || fitted.height() != picture.sprite.height()) {
      session.say(tr("The picture of %1 × %2 pixels was brought to %3 × %4, which is what the model draws.")
                      .arg(picture.sprite.width())
                      .arg(picture.sprite.height())
                      .arg(fitted.width())
                      .arg(fitted.height()));
    }
    picture.sprite = fitted;
  }
  editor.give(pictures, origins);
}

}  // namespace loom
