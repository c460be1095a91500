"""The form of documents by Nghị định 30/2020/NĐ-CP: its figures in one table, and any Word document judged and mended by them."""
