// What the dataset page's side panels and the clipboard do: clean, label, edit in another program, copy and paste.
#include <QClipboard>
#include <QDateTime>
#include <QDir>
#include <QFileDialog>
#include <QGuiApplication>
#include <QLocale>
#include <QMimeData>
#include <QSettings>
#include <algorithm>

#include "core/base/error.h"
#include "ui/models/cleaning_commands.h"
#include "ui/models/sprite_commands.h"
#include "ui/pages/dataset_page_parts.h"
#include "ui/widgets/sprite_image.h"

namespace loom {
namespace {

constexpr std::size_t kPreviewSet = 64;  // sprites that a preview's shared palette or common canvas is taken from

QString sprites(std::int64_t number) {
  return counted(number, QObject::tr("sprite"), QObject::tr("sprites"));
}

Sprite fromImage(const QImage& image) {
  const QImage rgba = image.convertToFormat(QImage::Format_RGBA8888);
  Sprite sprite(rgba.width(), rgba.height());
  for (int y = 0; y < rgba.height(); ++y) {
    std::copy_n(reinterpret_cast<const Rgba*>(rgba.constScanLine(y)), rgba.width(), &sprite.at(0, y));
  }
  return sprite;
}

/// What a finished cleaning has to say.
QString summary(const CleaningReport& report) {
  if (report.changed == 0 && report.failed.empty()) return QObject::tr("Nothing had to be changed.");
  QString text = QObject::tr("%1 of %2 changed.").arg(sprites(report.changed), QLocale().toString(report.looked));
  if (!report.failed.empty()) {
    text += QObject::tr(" %1 left as they were: %2.")
                .arg(sprites(static_cast<std::int64_t>(report.failed.size())),
                     QString::fromStdString(report.failed.front().second));
  }
  return text;
}

}  // namespace

void DatasetPage::buildSide() {
  m_impl->details = new SpriteDetails(m_impl->model, m_impl->loader);
  m_impl->cleaning = new CleaningPanel;
  m_impl->labels = new LabelsPanel;
  m_impl->side = new QTabWidget;
  m_impl->side->setObjectName("datasetSide");
  m_impl->side->setDocumentMode(true);
  m_impl->side->setMinimumWidth(260);
  m_impl->side->addTab(m_impl->details, tr("Details"));
  m_impl->side->addTab(m_impl->cleaning, tr("Clean"));
  m_impl->side->addTab(m_impl->labels, tr("Labels"));
  m_impl->side->setTabToolTip(1, tr("Backgrounds, palettes, size: before and after, and undone at any time"));
  m_impl->side->setTabToolTip(2, tr("Names, tags, author and licence of many sprites at once"));
  m_impl->side->setCurrentIndex(QSettings().value("dataset/side", 0).toInt());
}

void DatasetPage::connectSide() {
  Session& session = m_impl->session;
  connect(m_impl->side, &QTabWidget::currentChanged, this, &DatasetPage::followSide);
  connect(m_impl->cleaning, &CleaningPanel::previewWanted, this, &DatasetPage::askPreview);
  connect(&m_impl->preview, &CleaningPreview::arrived, m_impl->cleaning, &CleaningPanel::showAnswer);
  connect(m_impl->cleaning, &CleaningPanel::applyRequested, this, &DatasetPage::applySteps);
  connect(m_impl->cleaning, &CleaningPanel::failed, &session, &Session::say);
  connect(m_impl->cleaning, &CleaningPanel::doneStepsEdited, this, [this](const Json& steps) {
    const SpriteId id = currentSprite();
    if (id == 0) return;
    replaySteps(m_impl->session, {id}, steps.empty() ? tr("revert") : tr("step taken back"),
                [steps](const Json&) { return steps; });
  });
  connect(m_impl->labels, &LabelsPanel::fieldEdited, this, [this](SpriteField field, const QString& value) {
    setSpriteField(m_impl->session, m_impl->selected, field, value.toStdString());
  });
  connect(m_impl->labels, &LabelsPanel::tagsAdded, this,
          [this](const QString& tags) { changeTags(m_impl->session, m_impl->selected, tags.toStdString(), {}); });
  connect(m_impl->labels, &LabelsPanel::tagsRemoved, this,
          [this](const QString& tags) { changeTags(m_impl->session, m_impl->selected, {}, tags.toStdString()); });
  connect(m_impl->labels, &LabelsPanel::creditsRequested, this, &DatasetPage::writeCredits);
  connect(&m_impl->editor, &ExternalEditor::edited, this, [this](SpriteId id, const Sprite& pixels, const QString& name) {
    editSprite(m_impl->session, id, pixels, tr("edit of %1").arg(name));
    m_impl->session.say(tr("%1 was taken over from the other program.").arg(name), tr("Ctrl+Z gives it back."));
  });
  connect(&m_impl->editor, &ExternalEditor::failed, this,
          [this](const ErrorText& error) { m_impl->session.say(error.what, error.hint); });
}

SpriteId DatasetPage::currentSprite() const {
  if (!m_impl->selected.empty()) return m_impl->selected.front();
  return 0;
}

std::vector<SpriteId> DatasetPage::shownSprites() const {
  const SpriteModel& model = m_impl->model;
  std::vector<SpriteId> ids;
  ids.reserve(static_cast<std::size_t>(model.rowCount()));
  for (int row = 0; row < model.rowCount(); ++row) ids.push_back(model.sprite(row).id);
  return ids;
}

void DatasetPage::followSide() {
  const std::vector<int> indices = m_impl->grid->selection().indices();
  const SpriteTable& table = m_impl->model.table();
  if (m_impl->side->currentWidget() == m_impl->labels) {
    std::vector<const SpriteInfo*> infos;
    infos.reserve(indices.size());
    for (const int index : indices) infos.push_back(&table.sprites[static_cast<std::size_t>(index)]);
    m_impl->labels->setSprites(infos);
    QStringList views;
    for (const std::string& view : table.views) views.append(QString::fromStdString(view));
    m_impl->labels->setKnown(SpriteField::kView, views);
  }
  if (m_impl->side->currentWidget() == m_impl->cleaning) {
    const SpriteId id = indices.empty() ? 0 : table.ids[static_cast<std::size_t>(indices.front())];
    m_impl->cleaning->setCounts(static_cast<int>(indices.size()), m_impl->model.rowCount());
    m_impl->cleaning->setSprite(id, id == 0 || !m_impl->session.hasProject() ? Json::array()
                                                                             : m_impl->session.catalogue().steps(id));
  }
}

void DatasetPage::askPreview() {
  const std::vector<int> indices = m_impl->grid->selection().indices();
  if (indices.empty() || !m_impl->session.hasProject()) return;
  const SpriteTable& table = m_impl->model.table();
  CleaningQuestion question{.database = m_impl->session.project().database(),
                            .sprite = table.ids[static_cast<std::size_t>(indices.front())],
                            .steps = m_impl->cleaning->steps()};
  for (const int index : indices) {
    if (question.set.size() == kPreviewSet) break;
    question.set.push_back(table.ids[static_cast<std::size_t>(index)]);
  }
  m_impl->preview.ask(std::move(question));
}

void DatasetPage::applySteps(bool onlySelected) {
  const std::vector<SpriteId> ids = onlySelected ? selection() : shownSprites();
  cleanSprites(m_impl->session, ids, m_impl->cleaning->steps(), [this](const CleaningReport& report) {
    m_impl->session.say(summary(report), report.change != 0 ? tr("Ctrl+Z takes it back.") : QString());
  });
}

void DatasetPage::writeCredits() {
  if (!m_impl->session.hasProject()) return;
  const Project& project = m_impl->session.project();
  auto* dialog = new QFileDialog(this, tr("Write the credits"));
  dialog->setObjectName("creditsDialog");
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->setAcceptMode(QFileDialog::AcceptSave);
  dialog->setDirectory(QString::fromStdString(project.folder().string()));
  dialog->setDefaultSuffix("txt");
  dialog->selectFile("CREDITS.txt");
  connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& file) {
    m_impl->session.jobs().run(
        tr("Writing the credits"), this,
        [project = m_impl->session.project(), path = file.toStdString()](JobMonitor&) {
          loom::writeCredits(project, path);
          return true;
        },
        [this, file](bool) { m_impl->session.say(tr("The credits are in %1.").arg(file)); });
  });
  dialog->open();
}

// Clipboard and other programs

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
  if (!paths.empty()) return m_impl->session.importSprites(paths);
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
  if (id == 0 || !m_impl->session.hasProject()) return;
  const SpriteInfo& info = m_impl->model.table().sprites[static_cast<std::size_t>(m_impl->model.table().indexOf(id))];
  try {
    const QString name = QString::fromStdString(info.character + "-" + info.view);
    m_impl->editor.open(id, m_impl->session.catalogue().pixels(id), name);
    m_impl->session.say(tr("%1 is open in the other program.").arg(name),
                        tr("Each time it is saved there, it is taken over here."));
  } catch (const Error& error) {
    m_impl->session.say(QString::fromUtf8(error.what()), QString::fromStdString(error.hint()));
  }
}

void DatasetPage::chooseEditor() {
  auto* dialog = new QFileDialog(this, tr("The program that sprites are edited in"),
                                 QFileInfo(ExternalEditor::program()).absolutePath());
  dialog->setObjectName("editorDialog");
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->setFileMode(QFileDialog::ExistingFile);
  connect(dialog, &QFileDialog::fileSelected, this, [](const QString& file) { ExternalEditor::setProgram(file); });
  dialog->open();
}

}  // namespace loom
