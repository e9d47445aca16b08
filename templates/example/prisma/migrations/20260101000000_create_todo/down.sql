-- DropTable
DROP TABLE "todo";
