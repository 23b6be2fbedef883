"""Addresses of dues beside the standard screens."""

from django.urls import path

from tenants.dues.views import assessing, booking, invoices, mine, online, overview, papers, statements

urlpatterns = [
    path("", overview.overview, name="dues-overview"),
    path("ladder/", overview.ladder, name="dues-ladder"),
    path("assessment/new/", assessing.assess, name="dues-assess"),
    path("payment/new/", booking.new_payment, name="dues-payment-new"),
    path("bankstatement/new/", statements.hand_in, name="dues-statement-new"),
    path("bankstatement/<uuid:pk>/", statements.check, name="dues-bankstatement-detail"),
    path("bankstatement/lines/<uuid:pk>/", statements.decide, name="dues-statement-line"),
    path("payment/<uuid:pk>/receipts/", papers.issue, name="dues-receipts"),
    path("payment/<uuid:pk>/repayment/", online.repayment, name="dues-repayment"),
    path("invoicerequest/<uuid:pk>/moves/issue/", invoices.issue, name="dues-invoice-issue"),
    path("mine/", mine.my_dues, name="dues-mine"),
    path("mine/payment/", mine.pay, name="dues-mine-pay"),
    path("mine/receipts/<uuid:pk>/", mine.receipt, name="dues-mine-receipt"),
    path("mine/payments/<uuid:pk>/invoice/", mine.invoice, name="dues-mine-invoice"),
    path("mine/invoices/<uuid:pk>/", mine.invoice_file, name="dues-mine-invoice-file"),
    path("online/", online.terms, name="dues-online-terms"),
    path("receipt/<uuid:pk>/receipt.pdf", papers.receipt, name="dues-receipt-pdf"),
    path("accounts/<uuid:pk>/notice.pdf", papers.notice, name="dues-notice-pdf"),
    path("ladder/notices.pdf", papers.notices, name="dues-notices-pdf"),
    path("accounts/<uuid:pk>/", booking.account, name="dues-account"),
    path("accounts/<uuid:pk>/refund/", booking.refund, name="dues-refund"),
    path("entry/<uuid:pk>/reversal/", booking.reverse_entry, name="dues-entry-reversal"),
    path("charge/<uuid:pk>/cancellation/", booking.cancel_charge, name="dues-charge-cancellation"),
    path("charge/<uuid:pk>/booking/<slug:step>/", booking.book_on_charge, name="dues-charge-step"),
]
