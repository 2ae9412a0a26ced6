// The main job in one process, through the facade alone.
#include <gtest/gtest.h>

#include <set>

#include "core/image/codec.h"
#include "core/studio/studio.h"

namespace loom {
namespace {

namespace fs = std::filesystem;

TEST(Spine, GoesFromTheStarterSetToASheet) {
  std::string pattern = (fs::temp_directory_path() / "loom-spine-XXXXXX").string();
  const fs::path folder = mkdtemp(pattern.data());
  {
    const Project project = Project::create(folder / "p.loom");
    JobMonitor monitor;
    EXPECT_EQ(addStarterSet(project, 8, 3, monitor).imported, 32);

    TrainingListener nobody;
    TrainingRequest request;
    request.preset = "conditional-dcgan";
    request.settings = {{"size", 16}, {"features", 4}, {"latent", 8}, {"batch", 8}, {"view_embedding", 2}};
    request.steps = 30;
    request.device = "cpu";
    EXPECT_EQ(TrainingSession::start(project, request, nobody, monitor)->wait().steps, 30);

    const Catalogue catalogue = project.catalogue();
    const auto model = loadRunModel(project, findRun(catalogue, "last"));
    EXPECT_EQ(model->views, (std::vector<std::string>{"back", "left", "front", "right"}));
    const auto characters = generateCharacters(model, 5, 1, {}, std::nullopt, monitor);
    ASSERT_EQ(characters.size(), 5U);
    for (const SheetCharacter& character : characters) EXPECT_EQ(character.views.size(), 4U);

    const Sheet sheet = layOutSheet(characters, {.layout = SheetLayout::kGrid});
    EXPECT_EQ(sheet.image.width(), 5 * 16);
    EXPECT_EQ(sheet.image.height(), 4 * 16);
    const SheetFiles files = saveSheet(sheet, folder / "sheet.png", {.data = {SheetData::kJsonHash}});
    EXPECT_EQ(readImage(files.image), sheet.image);
  }
  fs::remove_all(folder);
}

}  // namespace
}  // namespace loom
