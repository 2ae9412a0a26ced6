#include "core/studio/page_import.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "core/base/error.h"
#include "tests/base/temp_folder.h"
#include "tests/dataset/loopback_server.h"
#include "tests/dataset/made_files.h"

namespace loom {
namespace {

namespace fs = std::filesystem;

class PageImport : public testing::Test {
 protected:
  void put(const std::string& path, const std::string& type, const std::string& body) {
    Served served;
    served.type = type;
    served.body = body;
    m_server.put(path, served);
  }
  ImportReport import(const std::vector<std::string>& sources) {
    JobMonitor monitor;
    return importSources(m_project, sources, {}, monitor);
  }

  TempFolder m_folder;
  Project m_project = Project::create(m_folder / "project.loom");
  LoopbackServer m_server;
};

TEST_F(PageImport, BringsThePicturesOfAPageWithTheirAddressesAndLicence) {
  put("/robots.txt", "text/plain", "User-agent: *\nDisallow: /secret/\n");
  put("/art/page.html", "text/html",
      R"(<html><head><link rel="license" href="https://creativecommons.org/licenses/by/4.0/"></head><body>
         <img src="knight.png"><img src="../mage.png"><img src="/secret/no.png"><img src="broken.png"></body></html>)");
  put("/art/knight.png", "image/png", pngBytes(1));
  put("/mage.png", "image/png", pngBytes(2));
  put("/secret/no.png", "image/png", pngBytes(3));
  put("/art/broken.png", "image/png", pngBytes(4).substr(0, 60));
  putPng(m_folder / "local/rogue.png", 5);
  const ImportReport report = import({m_server.url("/art/page.html"), (m_folder / "local").string()});
  EXPECT_EQ(report.imported, 3);
  EXPECT_EQ(report.characters, 3);
  EXPECT_EQ(report.sizes, std::vector<std::string>{"8x8"});
  const std::vector<SpriteInfo> sprites = m_project.catalogue().sprites();
  ASSERT_EQ(sprites.size(), 3U);
  EXPECT_EQ(sprites[0].source, m_server.url("/art/knight.png"));
  EXPECT_EQ(sprites[1].source, m_server.url("/mage.png"));
  EXPECT_EQ(sprites[0].licence, "CC-BY-4.0");
  EXPECT_EQ(sprites[2].licence, "");
  std::vector<std::string> skipped;
  for (const SkippedFile& file : report.skipped) skipped.push_back(file.file);
  std::ranges::sort(skipped);
  EXPECT_EQ(skipped, (std::vector<std::string>{m_server.url("/art/broken.png"), m_server.url("/secret/no.png")}));
  EXPECT_FALSE(fs::exists(m_project.folder() / "web-fetch"));
}

TEST_F(PageImport, APageWithoutPicturesSaysWhatToDo) {
  put("/empty.html", "text/html", "<html><body>words</body></html>");
  try {
    import({m_server.url("/empty.html")});
    FAIL() << "nothing was said";
  } catch (const Error& failure) {
    EXPECT_NE(std::string(failure.what()).find("no pictures were found"), std::string::npos);
    EXPECT_NE(failure.hint().find("save them from the browser"), std::string::npos);
  }
}

}  // namespace
}  // namespace loom
