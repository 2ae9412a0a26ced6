#include "ui/widgets/sheet_hand_off.h"

#include <QApplication>
#include <QClipboard>
#include <QDir>
#include <QDrag>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QMimeData>
#include <QMouseEvent>
#include <QPushButton>
#include <QUrl>

#include "core/base/atomic_file.h"
#include "core/base/error.h"
#include "ui/bridge/external_editor.h"
#include "ui/widgets/sprite_image.h"

namespace loom {
namespace {

constexpr int kThumbnail = 96;  ///< px, what hangs at the pointer

QPushButton* button(const QString& text, const QString& name, const QString& tip) {
  auto* button = new QPushButton(text);
  button->setObjectName(name);
  button->setToolTip(tip);
  button->setAccessibleName(tip);
  return button;
}

void write(const HandedSheet& handed, const QString& file) {
  if (!handed.exported) writeFileAtomically(file.toStdString(), SheetEncoder(*handed.sheet, handed.fullColour).png());
}

}  // namespace

QMimeData* sheetMimeData(const QImage& picture, const QString& file) {
  auto* data = new QMimeData;
  data->setImageData(picture);
  data->setUrls({QUrl::fromLocalFile(file)});
  return data;
}

SheetHandOff::SheetHandOff(JobRunner& jobs, std::function<std::optional<HandedSheet>()> shown, QWidget* parent)
    : QWidget(parent), m_jobs(jobs), m_shown(std::move(shown)) {
  auto* copyButton = button(tr("Copy"), "copySheetButton", tr("Copy the sheet shown to the clipboard (Ctrl+C)"));
  m_dragButton = button(tr("Drag out"), "dragSheetButton",
                        tr("Drag the sheet shown from here into another program or folder. The preview does the same "
                           "with Shift held"));
  m_dragButton->setCursor(Qt::OpenHandCursor);
  m_dragButton->setFocusPolicy(Qt::NoFocus);  // there is nothing to press
  m_dragButton->installEventFilter(this);
  m_editorButton = button({}, "openSheetButton",
                          tr("Open the sheet shown in the program for sprites, which the Dataset page lets you choose "
                             "(Ctrl+Shift+E)"));
  auto* layout = new QHBoxLayout(this);
  layout->setContentsMargins(8, 0, 8, 0);
  layout->addStretch();
  for (QPushButton* each : {copyButton, m_dragButton, m_editorButton}) layout->addWidget(each);
  connect(copyButton, &QPushButton::clicked, this, &SheetHandOff::copy);
  connect(m_editorButton, &QPushButton::clicked, this, &SheetHandOff::openInEditor);
  nameEditor();
}

void SheetHandOff::nameEditor() {
  m_editorButton->setText(tr("Open in %1").arg(ExternalEditor::programName()));
}

/// Another program may have been chosen meanwhile.
void SheetHandOff::showEvent(QShowEvent* event) {
  nameEditor();
  QWidget::showEvent(event);
}

void SheetHandOff::copy() {
  const auto handed = m_shown();
  if (!handed) return;
  QGuiApplication::clipboard()->setImage(toImage(handed->sheet->image));
  Q_EMIT told(tr("%1 copied, %2 × %3 pixels.")
                  .arg(handed->name)
                  .arg(handed->sheet->image.width())
                  .arg(handed->sheet->image.height()),
              {});
}

QString SheetHandOff::placeOf(const HandedSheet& handed) {
  if (handed.exported) return QString::fromStdString(handed.exported->string());
  const bool gone = !m_folder || !QFileInfo::exists(m_folder->path());  // systems clean up there
  if (gone) m_folder = std::make_unique<QTemporaryDir>();
  if (!m_folder->isValid()) {
    throw Error("no temporary folder could be made: " + m_folder->errorString().toStdString(),
                "export the sheet, and open that file");
  }
  // Each in a folder of its own: what was made of an earlier one there is not written over.
  const QDir place(m_folder->filePath(QString::number(++m_given)));
  place.mkpath(".");
  return place.filePath(handed.name);
}

QString SheetHandOff::fileOf(const HandedSheet& handed) {
  const QString file = placeOf(handed);
  write(handed, file);
  return file;
}

void SheetHandOff::drag() {
  const auto handed = m_shown();
  if (!handed) return;
  try {
    const QString file = fileOf(*handed);
    const QImage picture = toImage(handed->sheet->image);
    auto* drag = new QDrag(this);
    drag->setMimeData(sheetMimeData(picture, file));
    const bool large = picture.width() > kThumbnail || picture.height() > kThumbnail;
    drag->setPixmap(QPixmap::fromImage(large ? picture.scaled(kThumbnail, kThumbnail, Qt::KeepAspectRatio) : picture));
    drag->exec(Qt::CopyAction);
  } catch (const Error& error) {
    Q_EMIT told(QString::fromUtf8(error.what()), QString::fromStdString(error.hint()));
  }
}

void SheetHandOff::openInEditor() {
  const auto handed = m_shown();
  if (!handed) return;
  try {
    const QString file = placeOf(*handed);
    if (m_folder) m_folder->setAutoRemove(false);  // the program may outlive the studio
    m_jobs.run(
        tr("Opening %1").arg(handed->name), this,
        [handed = *handed, file](JobMonitor&) {
          write(handed, file);
          return file;
        },
        [this](const QString& written) { startEditor(written); },
        [this](const std::exception_ptr& error) {
          const ErrorText text = errorText(error);
          Q_EMIT told(text.what, text.hint);
        });
  } catch (const Error& error) {
    Q_EMIT told(QString::fromUtf8(error.what()), QString::fromStdString(error.hint()));
  }
}

void SheetHandOff::startEditor(const QString& file) {
  if (const auto failure = ExternalEditor::openPicture(file)) return Q_EMIT told(failure->what, failure->hint);
  Q_EMIT told(tr("%1 opened in %2.").arg(file, ExternalEditor::programName()), {});
}

bool SheetHandOff::eventFilter(QObject* watched, QEvent* event) {
  const auto* mouse =
      watched == m_dragButton && event->type() >= QEvent::MouseButtonPress && event->type() <= QEvent::MouseMove
          ? static_cast<QMouseEvent*>(event)
          : nullptr;
  if (mouse == nullptr) return QWidget::eventFilter(watched, event);
  if (event->type() == QEvent::MouseButtonPress && mouse->button() == Qt::LeftButton) m_pressed = mouse->position();
  if (event->type() == QEvent::MouseButtonRelease) m_pressed.reset();
  const bool pulled = event->type() == QEvent::MouseMove && m_pressed &&
                      (mouse->position() - *m_pressed).manhattanLength() >= QApplication::startDragDistance();
  if (!pulled) return QWidget::eventFilter(watched, event);
  m_pressed.reset();
  m_dragButton->setDown(false);
  drag();
  return true;
}

}  // namespace loom
