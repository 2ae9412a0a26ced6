#include "ui/widgets/empty_dataset.h"

#include <QGridLayout>
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
  made->setMinimumWidth(made->sizeHint().width() + 24);
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

  m_importButtons = buildImports();
  m_projectButton = button(tr("Open or create a project"), "emptyProjectButton", tr("To the start page (Ctrl+1)"));

  auto* layout = new QVBoxLayout(this);
  layout->setSpacing(14);
  layout->addStretch(2);
  layout->addWidget(m_title);
  layout->addWidget(m_text);
  layout->addWidget(m_importButtons, 0, Qt::AlignHCenter);
  layout->addWidget(m_projectButton, 0, Qt::AlignHCenter);
  layout->addStretch(3);

  connect(static_cast<QPushButton*>(m_projectButton), &QPushButton::clicked, this, &EmptyDataset::projectRequested);
  setState(false, false);
}

QWidget* EmptyDataset::buildImports() {
  const auto request = [this](QPushButton* made, void (EmptyDataset::*signal)()) {
    connect(made, &QPushButton::clicked, this, signal);
    return made;
  };
  auto* folder = request(button(tr("Import folder…"), "emptyImportFolderButton",
                                tr("A folder of sprites, with all folders in it (Ctrl+I)")),
                         &EmptyDataset::folderRequested);
  folder->setProperty("primary", true);
  auto* files = request(button(tr("Import files…"), "emptyImportFilesButton",
                               tr("Pictures, animations, CSV tables or archives (Ctrl+Shift+I)")),
                        &EmptyDataset::filesRequested);
  auto* starter = request(button(tr("Use starter characters"), "emptyStarterButton",
                                 tr("250 characters drawn by the program, four views each: something to train on at "
                                    "once")),
                          &EmptyDataset::starterRequested);
  auto* sheet = request(button(tr("Cut a sheet…"), "emptySheetButton",
                               tr("One picture with many sprites: cells found or given, rows named")),
                        &EmptyDataset::sheetRequested);
  auto* page = request(button(tr("From a web page…"), "emptyPageButton",
                              tr("Lists the pictures of a page; you pick, and name their licence")),
                       &EmptyDataset::pageRequested);
  auto* compose = request(button(tr("Compose LPC characters…"), "emptyComposeButton",
                                 tr("From layers of the Liberated Pixel Cup: by hand, or many at random")),
                          &EmptyDataset::composeRequested);
  auto* box = new QWidget;
  auto* grid = new QGridLayout(box);
  grid->setContentsMargins(0, 0, 0, 0);
  int column = 0;
  for (QPushButton* each : {folder, files, starter}) grid->addWidget(each, 0, column++);
  column = 0;
  for (QPushButton* each : {sheet, page, compose}) grid->addWidget(each, 1, column++);
  return box;
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
        tr("A folder, an archive, pictures and sheets (PNG, JPEG, BMP, GIF, WebP), animations, Aseprite files, CSV "
           "tables,\nor pictures from a web page; Ctrl+V pastes. Folders named back, left, front and right, or 0 to "
           "3, become\nthe views of a character; files of the same name in them belong together."));
  }
}

}  // namespace loom
