// From a drawing to a character: opened, dropped or pasted on the create page.
#include <QDragEnterEvent>
#include <QDropEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QMimeData>
#include <QSettings>
#include <algorithm>

#include "core/base/error.h"
#include "core/image/codec.h"
#include "ui/pages/create_page_impl.h"
#include "ui/pages/create_stage.h"
#include "ui/pages/find_dialog.h"
#include "ui/widgets/drop_overlay.h"
#include "ui/widgets/sprite_image.h"

namespace loom {

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
  session.jobs().run(
      tr("Reading the picture"), &page, [file](JobMonitor& /*monitor*/) { return readImage(file); },
      [this](const Sprite& picture) { find(picture); });
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
