#include "ui/widgets/empty_dataset.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace loom {
namespace {

QPushButton* button(const QString& text, const QString& name, const QString& tip) {
  auto* made = new QPushButton(text);
  made->setObjectName(name);
  made->setToolTip(tip);
  made->setMinimumHeight(36);
  return made;
}

}  // namespace

EmptyDataset::EmptyDataset(QWidget* parent) : QWidget(parent) {
  setObjectName("emptyDataset");
  m_title = new QLabel;
  m_title->setObjectName("emptyTitle");
  m_title->setAlignment(Qt::AlignCenter);
  QFont large = font();
  large.setPointSizeF(large.pointSizeF() * 1.6);
  large.setBold(true);
  m_title->setFont(large);
  m_text = new QLabel;
  m_text->setObjectName("emptyText");
  m_text->setAlignment(Qt::AlignCenter);
  m_text->setWordWrap(true);
  m_text->setForegroundRole(QPalette::PlaceholderText);

  auto* folder = button(tr("Import folder…"), "emptyImportFolderButton",
                        tr("A folder of sprites, with all folders in it (Ctrl+I)"));
  folder->setProperty("primary", true);
  auto* files = button(tr("Import files…"), "emptyImportFilesButton", tr("Pictures or ZIP archives (Ctrl+Shift+I)"));
  auto* starter = button(tr("Use starter characters"), "emptyStarterButton",
                         tr("250 characters drawn by the program, four views each: something to train on at once"));
  m_importButtons = new QWidget;
  auto* row = new QHBoxLayout(m_importButtons);
  row->setContentsMargins(0, 0, 0, 0);
  for (QPushButton* each : {folder, files, starter}) row->addWidget(each);
  m_projectButton = button(tr("Open or create a project"), "emptyProjectButton", tr("To the start page (Ctrl+1)"));

  auto* layout = new QVBoxLayout(this);
  layout->setSpacing(14);
  layout->addStretch(2);
  layout->addWidget(m_title);
  layout->addWidget(m_text);
  layout->addWidget(m_importButtons, 0, Qt::AlignHCenter);
  layout->addWidget(m_projectButton, 0, Qt::AlignHCenter);
  layout->addStretch(3);

  connect(folder, &QPushButton::clicked, this, &EmptyDataset::folderRequested);
  connect(files, &QPushButton::clicked, this, &EmptyDataset::filesRequested);
  connect(starter, &QPushButton::clicked, this, &EmptyDataset::starterRequested);
  connect(static_cast<QPushButton*>(m_projectButton), &QPushButton::clicked, this, &EmptyDataset::projectRequested);
  setState(false, false);
}

void EmptyDataset::setState(bool project, bool working) {
  m_importButtons->setVisible(project && !working);
  m_projectButton->setVisible(!project);
  if (!project) {
    m_title->setText(tr("No project is open"));
    m_text->setText(tr("Sprites live in a project. Open one, or create your first."));
  } else if (working) {
    m_title->setText(tr("One moment…"));
    m_text->setText(tr("The bar at the bottom of the window shows what is being done, and how far it is."));
  } else {
    m_title->setText(tr("Drop your sprites here"));
    m_text->setText(
        tr("A folder, a ZIP, or pictures (PNG, JPEG, BMP, GIF, WebP). Folders named back, left, front and "
           "right, or 0 to 3,\nbecome the views of a character; files of the same name in them belong "
           "together."));
  }
}

}  // namespace loom
