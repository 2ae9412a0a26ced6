// The dataset page and other programs: the clipboard, and sprites that are edited elsewhere.
#include <QClipboard>
#include <QDateTime>
#include <QFileDialog>
#include <QGuiApplication>
#include <QMimeData>

#include "core/base/error.h"
#include "ui/models/cleaning_commands.h"
#include "ui/pages/dataset_page_parts.h"
#include "ui/widgets/sprite_image.h"

namespace loom {

void DatasetPage::connectEditor() {
  const ExternalEditor* editor = &m_impl->editor;
  connect(editor, &ExternalEditor::opened, this, [this](const QString& name) {
    m_impl->session.say(tr("%1 is open in the other program.").arg(name),
                        tr("Each time it is saved there, it is taken over here."));
  });
  connect(editor, &ExternalEditor::edited, this, [this](SpriteId id, const Sprite& pixels, const QString& name) {
    editSprite(m_impl->session, id, pixels, tr("edit of %1").arg(name),
               [&session = m_impl->session, name](const CleaningReport& report) {
                 if (report.changed == 0) return;
                 session.say(tr("%1 was taken over from the other program.").arg(name), tr("Ctrl+Z gives it back."));
               });
  });
  connect(editor, &ExternalEditor::failed, this,
          [this](const ErrorText& error) { m_impl->session.say(error.what, error.hint); });
}

void DatasetPage::copySprite() {
  const SpriteId id = currentSprite();
  if (id == 0 || !m_impl->session.hasProject()) return;
  try {
    QGuiApplication::clipboard()->setImage(toImage(m_impl->session.catalogue().pixels(id)));
    m_impl->session.say(tr("The picture is on the clipboard."));
  } catch (const Error& error) {
    m_impl->session.say(QString::fromUtf8(error.what()), QString::fromStdString(error.hint()));
  }
}

void DatasetPage::paste() {
  if (!m_impl->session.hasProject()) return;
  const QMimeData* data = QGuiApplication::clipboard()->mimeData();
  if (data == nullptr) return;
  const std::vector<std::filesystem::path> paths = localPaths(*data);
  if (!paths.empty()) return bringFiles(paths);
  if (data->hasImage()) return takePicture(qvariant_cast<QImage>(data->imageData()), tr("pasted"));
  const std::vector<std::string> addresses = webAddresses(*data);
  if (!addresses.empty()) return importAddresses(addresses);
  m_impl->session.say(tr("There is no picture on the clipboard."), tr("Copy one in another program first."));
}

void DatasetPage::takePicture(const QImage& image, const QString& how) {
  if (image.isNull()) return m_impl->session.say(tr("The picture could not be read."));
  const QString name = tr("%1 %2").arg(how, QDateTime::currentDateTime().toString("yyyy-MM-dd hh.mm.ss"));
  m_impl->session.bringIn(
      tr("Taking a picture in"), how,
      [pixels = fromImage(image), name = name.toStdString()](const Project& project, JobMonitor& monitor) {
        return importPicture(project, pixels, name, "clipboard", {}, monitor);
      });
}

void DatasetPage::editOutside() {
  const SpriteId id = currentSprite();
  if (!m_impl->session.hasProject()) return;
  if (id == 0) return m_impl->session.say(tr("Select the sprite that is to be edited."));
  const SpriteInfo& info = m_impl->model.table().sprites[static_cast<std::size_t>(m_impl->model.table().indexOf(id))];
  m_impl->editor.open(id, QString::fromStdString(info.character + "-" + info.view));
}

void DatasetPage::chooseEditor() {
  auto* dialog = new QFileDialog(this, tr("The program that sprites are edited in"),
                                 QFileInfo(ExternalEditor::program()).absolutePath());
  dialog->setObjectName("editorDialog");
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->setFileMode(QFileDialog::ExistingFile);
  connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& file) {
    ExternalEditor::setProgram(file);
    nameEditor();
    m_impl->session.say(tr("Sprites are edited in %1 from now on.").arg(file));
  });
  dialog->open();
}

void DatasetPage::nameEditor() {
  const QString name = ExternalEditor::programName();
  m_impl->editAction->setText(tr("Edit in %1").arg(name));
  m_impl->editAction->setToolTip(
      tr("Opens the sprite in %1; each time it is saved there, it is taken over here (Ctrl+E)").arg(name));
}

}  // namespace loom
